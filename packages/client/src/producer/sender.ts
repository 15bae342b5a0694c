import type { Address, Clock, Timer } from "@millrace/runtime";
import { assert, type ErrorCode, type MillraceError, printAddress } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { identify } from "./batch-builder.ts";
import { Identities } from "./identities.ts";
import { LeaderStreams } from "./leader-streams.ts";
import type { ProducerSettings } from "./options.ts";
import type { Delivery } from "./delivery.ts";
import { PartitionQueue, type QueuedBatch } from "./partition-queue.ts";
import type { PendingRecord } from "./pending-record.ts";
import type { EntryAnswer } from "./produce-stream.ts";
import { settleRecords } from "./settling.ts";

/** What Kafka's brokers remember of a producer and partition: more could not be told from duplicates. */
const batchesInFlightMax = 5;
/** A partition that lacks a leader or an identity is looked at again after so long. */
const stuckWaitMs = 100;

/** After these it is asked anew who leads the partition. */
const leadershipErrors: ReadonlySet<ErrorCode> = new Set([
  "NOT_LEADER_OR_FOLLOWER",
  "LEADER_NOT_AVAILABLE",
  "FENCED_LEADER_EPOCH",
  "UNKNOWN_LEADER_EPOCH",
  "UNKNOWN_TOPIC_OR_PARTITION",
  "UNKNOWN_TOPIC_ID",
  "KAFKA_STORAGE_ERROR",
  "CONNECTION_FAILED",
  "CLOSED",
]);

export interface SenderOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly settings: ProducerSettings;
  readonly backoffMs: (failures: number) => number;
  /** A batch takes no more records. */
  readonly batchClosed: (topic: string, partition: number) => void;
}

/** What goes to one broker in one turn. */
interface Outgoing {
  readonly address: Address;
  readonly batches: { readonly queue: PartitionQueue; readonly delivery: Delivery<QueuedBatch> }[];
}

/** Carries batches to the leaders of their partitions: what many partitions have for one broker in one turn goes together. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #identities: Identities;
  readonly #queues = new Map<string, PartitionQueue>();
  readonly #streams: LeaderStreams;
  readonly #timers = new Map<PartitionQueue, Timer>();
  /** Queues that wait for an identity. */
  readonly #nameless = new Set<PartitionQueue>();
  #dirty = new Set<PartitionQueue>();
  /** Why nothing is taken any more. */
  #closed: MillraceError | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#identities = new Identities(options.cluster);
    this.#streams = new LeaderStreams(options);
  }

  /** Takes a record for a partition that exists. */
  add(topic: string, partition: number, pending: PendingRecord): void {
    if (this.#closed !== undefined) return pending.failed(this.#closed);
    const queue = this.#queueOf(topic, partition);
    queue.add(pending, this.#nowMs);
    this.#schedule(queue);
  }

  /** Lets nothing linger. */
  flush(): void {
    for (const queue of this.#queues.values()) {
      queue.flush();
      this.#schedule(queue);
    }
  }

  /** Gives up everything that is not acknowledged, and ends the streams. */
  close(error: MillraceError): void {
    this.#closed = error;
    for (const queue of this.#queues.values()) settleRecords(queue, queue.abandon(error, this.#nowMs), { nowMs: this.#nowMs });
    for (const timer of this.#timers.values()) timer.cancel();
    this.#streams.close();
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }

  #queueOf(topic: string, partition: number): PartitionQueue {
    const name = `${topic}-${partition}`;
    const existing = this.#queues.get(name);
    if (existing !== undefined) return existing;
    const { settings, backoffMs, batchClosed } = this.#options;
    const queue = new PartitionQueue(topic, partition, {
      ...settings,
      inFlightMax: batchesInFlightMax,
      isIdempotent: settings.acks !== "none",
      backoffMs,
      batchClosed: () => batchClosed(topic, partition),
    });
    this.#queues.set(name, queue);
    return queue;
  }

  /** Looks at the queue once this turn is over. */
  #schedule(queue: PartitionQueue): void {
    this.#dirty.add(queue);
    if (this.#dirty.size === 1) this.#options.clock.afterTurn(() => this.#sendDue());
  }

  #sendDue(): void {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    const byLeader = new Map<string, Outgoing>();
    for (const queue of dirty) {
      settleRecords(queue, queue.expire(this.#nowMs), { nowMs: this.#nowMs });
      queue.closeDue(this.#nowMs);
      const isStuck = !this.#gather(queue, byLeader);
      this.#wakeWhenDue(queue, isStuck ? stuckWaitMs : 0);
    }
    for (const outgoing of byLeader.values()) this.#send(outgoing);
  }

  /** Takes what the queue has to send; false where it is not known who leads the partition, or who sends. */
  #gather(queue: PartitionQueue, byLeader: Map<string, Outgoing>): boolean {
    const { topic, partition, delivery } = queue;
    if (delivery.isEmpty) return true;
    const { address } = this.#options.cluster.view.leaderOf(topic, partition) ?? {};
    if (address === undefined) this.#refresh(queue);
    if (delivery.needsIdentity) this.#findIdentity(queue);
    if (address === undefined || delivery.needsIdentity) return false;
    const batches = delivery.toSend(this.#nowMs).map((each) => ({ queue, delivery: each }));
    const name = printAddress(address);
    const outgoing = byLeader.get(name);
    if (outgoing !== undefined) outgoing.batches.push(...batches);
    else if (batches.length > 0) byLeader.set(name, { address, batches });
    return true;
  }

  #send({ address, batches }: Outgoing): void {
    const sendings = batches.map(({ queue, delivery }) => {
      const { sealed } = delivery.batch;
      identify(sealed, delivery.sequence?.identity, delivery.sequence?.base ?? -1);
      const topicId = this.#options.cluster.view.topic(queue.topic)?.id;
      assert(topicId !== undefined, "a partition with a leader has a topic", { topic: queue.topic });
      const entry = { topicId, partition: queue.partition, batch: sealed.bytes };
      return { topic: queue.topic, entry, answered: (answer: EntryAnswer) => this.#answered(queue, delivery, answer) };
    });
    this.#streams.send(address, sendings);
  }

  #answered(queue: PartitionQueue, delivery: Delivery<QueuedBatch>, { error, baseOffset, leader, logAppendTimeMs }: EntryAnswer): void {
    if (leader !== undefined) this.#options.cluster.view.learn(queue.topic, queue.partition, leader);
    if (error !== undefined && leadershipErrors.has(error.code)) this.#refresh(queue);
    const answer = error === undefined ? { error, baseOffset } : { error };
    const settled = queue.delivery.answered(delivery, answer, this.#nowMs);
    settleRecords(queue, settled, { nowMs: this.#nowMs, logAppendTimeMs });
    this.#schedule(queue);
  }

  #findIdentity(queue: PartitionQueue): void {
    if (this.#nameless.has(queue)) return;
    this.#nameless.add(queue);
    const found = this.#identities.other(queue.delivery.formerIdentity).then((identity) => queue.delivery.identify(identity));
    const over = () => {
      this.#nameless.delete(queue);
      this.#schedule(queue);
    };
    found.then(over, over);
  }

  /** What comes of it is seen when the queue is looked at again; so is a failure. */
  #refresh({ topic }: PartitionQueue): void {
    this.#options.cluster.refresh(topic).catch(() => {});
  }

  #wakeWhenDue(queue: PartitionQueue, leastMs: number): void {
    this.#timers.get(queue)?.cancel();
    const { dueMs } = queue;
    if (dueMs === undefined) return void this.#timers.delete(queue);
    const waitMs = leastMs > 0 ? leastMs : dueMs - this.#nowMs;
    this.#timers.set(
      queue,
      this.#options.clock.timer(waitMs, () => this.#schedule(queue)),
    );
  }
}
