import type { Partition } from "@millrace/replication";
import type { Clock, MemoryBudget, Work } from "@millrace/runtime";
import { BatchView } from "@millrace/records";
import { type Admitted, admitBatch, type Appended } from "@millrace/storage";
import { type ErrorCode, MillraceError, Offset } from "@millrace/vocabulary";
import type { Guard } from "../guard.ts";
import { locateTopic, type Places, replicaOf, type TopicRef } from "./locate.ts";

/** One partition's share of a produce request. */
export interface ProduceTarget {
  readonly topic: TopicRef;
  readonly partition: number;
  /** One record batch; null where the request holds none. The bytes become the log's. */
  readonly batch: Buffer | null;
}

export interface ProduceRequest {
  readonly acks: -1 | 0 | 1;
  /** How long an acknowledgement by all replicas may take. */
  readonly timeoutMs: number;
  /** What acks=all must mean at least, whatever the topic says. */
  readonly durability: "replicated" | "synced";
  /** Whether zstd may come this way: Produce version 7 and later. */
  readonly allowsZstd: boolean;
  /** Whether the cluster itself writes, which alone may write to internal topics. */
  readonly isInternal: boolean;
  /** What a transactional batch is refused with where no transaction has its partition: it depends on the request's version. */
  readonly transactionRefusal: ErrorCode;
  readonly guard: Guard;
  readonly targets: readonly ProduceTarget[];
}

/** What became of one target. Without `error` it is acknowledged as asked. */
export interface Produced {
  readonly error: MillraceError | undefined;
  /** -1 where nothing was appended. */
  readonly baseOffset: Offset;
  readonly logAppendTimeMs: number;
  readonly logStart: Offset;
}

/** What producing needs of the broker. */
export interface ProduceSurroundings extends Places {
  readonly clock: Clock;
  readonly work: Work;
  readonly memory: MemoryBudget;
  readonly admissions: Admissions;
  /** A broker that the controller has not heard of for too long leads nothing, whatever it last knew. */
  readonly controller: { readonly mayLead: boolean };
}

/**
 * Admissions that await (a batch that must be compressed anew, say) keep what comes after them for the same partition
 * waiting, so that batches are appended in the order in which they came.
 */
export class Admissions {
  readonly #last = new WeakMap<Partition, Promise<unknown>>();

  /** The promise of the newest admission that is still under way for the partition. */
  pending(partition: Partition): Promise<unknown> | undefined {
    return this.#last.get(partition);
  }

  /** Lets others wait for this one. */
  add(partition: Partition, newest: Promise<unknown>): void {
    const done = newest
      .catch(() => {})
      .then(() => {
        if (this.#last.get(partition) === done) this.#last.delete(partition);
      });
    this.#last.set(partition, done);
  }
}

/**
 * Appends each target's batch and calls back once for each when it is acknowledged as `acks` asks, or has failed. Targets fail
 * independently. With acks=0 an answer comes as soon as the batch is appended.
 */
export function produce(
  surroundings: ProduceSurroundings,
  request: ProduceRequest,
  settled: (target: number, produced: Produced) => void,
): void {
  request.targets.forEach((target, index) => {
    const settle = (produced: Produced) => settled(index, produced);
    try {
      produceOne(surroundings, request, target, settle);
    } catch (error) {
      settle(refused(error));
    }
  });
}

function produceOne(
  surroundings: ProduceSurroundings,
  request: ProduceRequest,
  target: ProduceTarget,
  settle: (produced: Produced) => void,
): void {
  const topic = locateTopic(surroundings.image, target.topic);
  request.guard.check(topic.name);
  if (topic.isInternal && !request.isInternal)
    throw new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: topic.name, reason: "internal" });
  const partition = replicaOf(surroundings.replicas, topic, target.partition);
  partition.checkLeader();
  if (!surroundings.controller.mayLead)
    throw new MillraceError("NOT_LEADER_OR_FOLLOWER", {
      partition: partition.name,
      reason: "this broker has no session with the controller",
    });
  try {
    admitAndAppend(surroundings, request, target, partition, settle);
  } catch (error) {
    settle(refused(error, partition));
  }
}

function admitAndAppend(
  surroundings: ProduceSurroundings,
  request: ProduceRequest,
  target: ProduceTarget,
  partition: Partition,
  settle: (produced: Produced) => void,
): void {
  if (surroundings.memory.pressure === "refuse") throw new MillraceError("MEMORY_EXHAUSTED", { bytes: surroundings.memory.bytes });
  const admit = () => admission(surroundings, request, partition, target.batch);
  const pending = surroundings.admissions.pending(partition);
  const admitted = pending === undefined ? admit() : pending.then(admit);
  if (!(admitted instanceof Promise)) return append(surroundings.clock, request, partition, admitted, settle);
  const appended = admitted.then((ready) => append(surroundings.clock, request, partition, ready, settle));
  surroundings.admissions.add(partition, appended);
  appended.catch((error: unknown) => settle(refused(error, partition)));
}

function admission(
  { clock, work }: ProduceSurroundings,
  request: ProduceRequest,
  partition: Partition,
  batch: Buffer | null,
): Admitted | Promise<Admitted> {
  if (batch === null) throw new MillraceError("INVALID_RECORD", { partition: partition.name, batch: null });
  return admitBatch(batch, partition.settings, { nowMs: clock.wallMs(), allowsZstd: request.allowsZstd, work });
}

function append(
  clock: Clock,
  request: ProduceRequest,
  partition: Partition,
  admitted: Admitted,
  settle: (produced: Produced) => void,
): void {
  const { acks } = request;
  if (new BatchView(admitted.batch).isTransactional) throw new MillraceError(request.transactionRefusal, { partition: partition.name });
  const { batch, logAppendTimeMs } = admitted;
  const stamp = logAppendTimeMs === undefined ? {} : { logAppendTimeMs };
  const appended = partition.append(batch, { acks, origin: "client", ...stamp });
  if (acks === 0) return settle(acknowledged(partition, appended));
  awaitAcknowledgement(clock, request, partition, Offset(appended.lastOffset + 1), (error) => {
    settle(error === undefined ? acknowledged(partition, appended) : { ...acknowledged(partition, appended), error });
  });
}

/** Waits until the batch is as safe as was asked, or the time is up, whichever is first. */
function awaitAcknowledgement(
  clock: Clock,
  request: ProduceRequest,
  partition: Partition,
  end: Offset,
  settle: (error: MillraceError | undefined) => void,
): void {
  let giveUp = () => {};
  let isSettled = false;
  const finish = (error: MillraceError | undefined) => {
    isSettled = true;
    timer.cancel();
    settle(error);
  };
  const timer = clock.timer(request.timeoutMs, () => {
    giveUp();
    finish(timedOut(request, partition));
  });
  if (request.acks === 1) giveUp = partition.whenWritten(end, finish);
  else if (request.durability === "replicated") giveUp = partition.whenCommitted(end, finish);
  else {
    giveUp = partition.whenSynced(end, (error) => {
      if (error !== undefined) return finish(error);
      if (!isSettled) giveUp = partition.whenCommitted(end, finish);
    });
  }
}

/** Below min.insync.replicas nothing becomes committed: whoever waited for that is told so. The batch is in the log all the same. */
function timedOut({ acks, timeoutMs }: ProduceRequest, partition: Partition): MillraceError {
  const isShort = acks === -1 && partition.isLeader && !partition.hasMinimumIsr;
  return new MillraceError(isShort ? "NOT_ENOUGH_REPLICAS_AFTER_APPEND" : "REQUEST_TIMED_OUT", { partition: partition.name, timeoutMs });
}

function acknowledged(partition: Partition, { baseOffset, logAppendTimeMs }: Appended): Produced {
  return { error: undefined, baseOffset, logAppendTimeMs, logStart: partition.log.logStart };
}

/** Of a partition that was found, where its log begins is told all the same. */
function refused(error: unknown, partition?: Partition): Produced {
  return { ...nowhere, error: asMillraceError(error), logStart: partition?.log.logStart ?? nowhere.logStart };
}

/** Where nothing was appended. */
export const nowhere = { baseOffset: Offset(-1), logAppendTimeMs: -1, logStart: Offset(-1) } as const;

/** Bugs go on to whoever stops the broker; what the world did wrong becomes an answer. */
function asMillraceError(error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  throw error;
}
