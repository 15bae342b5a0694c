import type { Isolation, Partition } from "@millrace/replication";
import type { Clock } from "@millrace/runtime";
import type { AbortedTransaction } from "@millrace/storage";
import { type BrokerId, type Configuration, type LeaderEpoch, MillraceError, Offset } from "@millrace/vocabulary";
import type { Guard } from "../guard.ts";
import { endOffsetForEpoch } from "./epoch-end.ts";
import { checkOffset } from "./offset-bounds.ts";
import { locatePartition, type Places, type TopicRef } from "./locate.ts";
import { ParkedFetch, type ParkedPlace } from "./parked-fetch.ts";
import { replicaNear } from "./replica-near.ts";

/** What is asked of one partition. */
export interface FetchTarget {
  readonly topic: TopicRef;
  readonly partition: number;
  readonly offset: Offset;
  readonly bytesMax: number;
  /** -1: the client does not say. */
  readonly currentLeaderEpoch: LeaderEpoch;
  /** Epoch of the client's newest record, so that a log that took another way is noticed (KIP-595). -1: it does not say. */
  readonly lastFetchedEpoch: LeaderEpoch;
}

export interface FetchRequest {
  /** How long the answer may wait for `bytesMin`. */
  readonly waitMs: number;
  readonly bytesMin: number;
  readonly bytesMax: number;
  readonly isolation: Isolation;
  /** Whether followers answer too, from what they know to be committed (KIP-392). */
  readonly mayReadFollowers: boolean;
  /** Where the reader stands; a replica there is told to it, where the broker's settings say so. */
  readonly rack: string;
  readonly guard: Guard;
  readonly targets: readonly FetchTarget[];
}

/** The answer for one partition. */
export interface Fetched {
  readonly error: MillraceError | undefined;
  /** -1 where nothing is known. */
  readonly highWatermark: Offset;
  readonly lastStableOffset: Offset;
  readonly logStart: Offset;
  readonly parts: readonly Buffer[];
  readonly bytes: number;
  /** Memory that the parts keep alive, to be charged until they are sent. */
  readonly pinnedBytes: number;
  /** For readers of committed records only, and then complete. */
  readonly abortedTransactions: readonly AbortedTransaction[] | undefined;
  /** Another replica that the reader should rather ask, which is nearer to it; records are left out then. */
  readonly preferredReplica: BrokerId | undefined;
  /** Where the reader's log and this one part: it must cut its own back. */
  readonly diverging: { readonly epoch: LeaderEpoch; readonly endOffset: Offset } | undefined;
}

export interface FetchSurroundings extends Places {
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly controller: { readonly mayLead: boolean };
}

const nothing = {
  parts: [],
  bytes: 0,
  pinnedBytes: 0,
  abortedTransactions: undefined,
  preferredReplica: undefined,
  diverging: undefined,
} as const;

/**
 * Reads partitions in the order asked, up to `bytesMax` together; the first batch comes even when larger (KIP-74). Where less
 * than `bytesMin` is there, and nothing is wrong, the answer waits: for data, for a change of leader, or for `waitMs`.
 * Aborting `signal` ends the wait.
 */
export async function fetch(surroundings: FetchSurroundings, request: FetchRequest, signal?: AbortSignal): Promise<Fetched[]> {
  const marks = request.targets.map((target) => mark(surroundings, target));
  const first = await readAll(surroundings, request);
  if (request.waitMs <= 0 || isDue(request, first)) return first;
  const places = marks.map((place, index) => ({ ...place!, bytesReady: first[index]!.bytes }));
  await wake(surroundings.clock, request, places, signal);
  return readAll(surroundings, request);
}

/** Where a partition stood before it was read, so that what is committed while others are read is not overlooked. */
function mark(
  surroundings: FetchSurroundings,
  { topic, partition: index, offset, bytesMax }: FetchTarget,
): Omit<ParkedPlace, "bytesReady"> | undefined {
  try {
    const partition = locatePartition(surroundings, topic, index);
    return { partition, offset, bytesMax, countBefore: partition.committedBytes };
  } catch {
    return undefined; // reading it says what is wrong, and then nothing waits
  }
}

function isDue(request: FetchRequest, answers: readonly Fetched[]): boolean {
  let bytes = 0;
  for (const answer of answers) {
    if (answer.error !== undefined || answer.diverging !== undefined || answer.preferredReplica !== undefined) return true;
    bytes += answer.bytes;
  }
  return answers.length === 0 || bytes >= request.bytesMin;
}

/** Resolves when the answer is due: enough bytes, a lost leadership, the time, or the caller's end. */
function wake(clock: Clock, request: FetchRequest, places: readonly ParkedPlace[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      timer.cancel();
      parked.release();
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = clock.timer(request.waitMs, finish);
    const parked = new ParkedFetch(request, places, finish);
    signal?.addEventListener("abort", finish, { once: true });
    if (parked.isDue || signal?.aborted) finish();
  });
}

async function readAll(surroundings: FetchSurroundings, request: FetchRequest): Promise<Fetched[]> {
  const answers: Fetched[] = [];
  let bytesLeft = request.bytesMax;
  let isFirst = true;
  for (const target of request.targets) {
    const reading = readOne(surroundings, request, target, Math.min(target.bytesMax, bytesLeft), isFirst);
    const answer = reading instanceof Promise ? await reading : reading;
    if (answer.bytes > 0) isFirst = false;
    bytesLeft = Math.max(0, bytesLeft - answer.bytes);
    answers.push(answer);
  }
  return answers;
}

/** At once where memory holds the records; bugs go on to whoever stops the broker. */
function readOne(
  surroundings: FetchSurroundings,
  { isolation, guard, rack, mayReadFollowers }: FetchRequest,
  target: FetchTarget,
  bytesMax: number,
  firstBatchWhole: boolean,
): Fetched | Promise<Fetched> {
  try {
    const partition = locatePartition(surroundings, target.topic, target.partition);
    guard.check(partition.topic);
    if (mayReadFollowers) partition.checkReplica(target.currentLeaderEpoch);
    else partition.checkLeader(target.currentLeaderEpoch);
    const diverging = divergence(partition, target);
    if (diverging !== undefined) return { ...positions(partition), ...nothing, error: undefined, diverging };
    const preferredReplica = rack === "" ? undefined : replicaNear(surroundings, partition, { rack, offset: target.offset });
    if (preferredReplica !== undefined) return { ...positions(partition), ...nothing, error: undefined, preferredReplica };
    checkOffset(surroundings.controller, partition, target.offset);
    const answer = readRecords(partition, isolation, target.offset, bytesMax, firstBatchWhole);
    return answer instanceof Promise ? answer.catch((error: unknown) => failed(error, partition)) : answer;
  } catch (error) {
    return failed(error, undefined);
  }
}

function readRecords(
  partition: Partition,
  isolation: Isolation,
  offset: Offset,
  bytesMax: number,
  firstBatchWhole: boolean,
): Fetched | Promise<Fetched> {
  const { log } = partition;
  const upTo = partition.readableEnd(isolation);
  const isEmpty = offset >= upTo || (bytesMax === 0 && !firstBatchWhole);
  if (isEmpty)
    return { ...positions(partition), ...nothing, error: undefined, abortedTransactions: isolation === "read_committed" ? [] : undefined };
  const reading = log.read(offset, { bytesMax, upTo, firstBatchWhole });
  if (reading instanceof Promise || isolation === "read_committed") return complete(partition, isolation, offset, reading);
  return { ...positions(partition), error: undefined, ...reading, ...leftOut };
}

async function complete(
  partition: Partition,
  isolation: Isolation,
  offset: Offset,
  reading: ReturnType<Partition["log"]["read"]>,
): Promise<Fetched> {
  const read = await reading;
  const abortedTransactions = isolation === "read_committed" ? await partition.log.abortedTransactions(offset, read.nextOffset) : undefined;
  return { ...positions(partition), error: undefined, ...read, ...leftOut, abortedTransactions };
}

const leftOut = { abortedTransactions: undefined, preferredReplica: undefined, diverging: undefined } as const;

function positions(partition: Partition) {
  return { highWatermark: partition.highWatermark, lastStableOffset: partition.lastStableOffset, logStart: partition.log.logStart };
}

const unknownPositions = { highWatermark: Offset(-1), lastStableOffset: Offset(-1), logStart: Offset(-1) };

/** Where the leader's log leaves the reader's: its last epoch ended before the offset it asks for (KIP-595). */
function divergence(partition: Partition, { offset, lastFetchedEpoch }: FetchTarget): Fetched["diverging"] {
  if (lastFetchedEpoch < 0) return undefined;
  const end = endOffsetForEpoch(partition, lastFetchedEpoch);
  if (end === undefined) throw new MillraceError("OFFSET_OUT_OF_RANGE", { partition: partition.name, offset, lastFetchedEpoch });
  return end.epoch < lastFetchedEpoch || end.endOffset < offset ? end : undefined;
}

function failed(error: unknown, partition: Partition | undefined): Fetched {
  if (!(error instanceof MillraceError)) throw error;
  const known = partition === undefined ? unknownPositions : positions(partition);
  return { ...known, ...nothing, error };
}
