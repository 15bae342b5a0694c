import { MiB, MillraceError } from "@millrace/vocabulary";
import { abortedRanges } from "../log/aborted-transactions.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import type { Segment } from "../segment/segment.ts";
import { type Cleanable, cleanableOf } from "./cleanable.ts";
import { CleanedTransactions } from "./cleaned-transactions.ts";
import { buildKeyMap } from "./key-map.ts";
import { type CleaningRound, SegmentCleaner } from "./segment-cleaner.ts";

/** Positions in a segment are told in 31 bits, and a batch may grow by being compressed anew. */
const groupBytesMax: number = 2 ** 31 - 256 * MiB;

/**
 * Compacts a log once: of each key in the dirty part the newest record stays, in the whole log. Segments become fewer and keep their
 * offsets, with gaps. Reads and appends go on meanwhile. True: something was compacted.
 *
 * @param isHeld whether the round should end: the directory is full, or closing
 */
export async function cleanLog(log: PartitionLog, isHeld: () => boolean): Promise<boolean> {
  const { state } = log;
  const cleanable = await cleanableOf(state);
  if (cleanable === undefined) return false;
  const { generation } = state;
  const checkAbort = () => {
    const isOver = isHeld() || state.refusal !== undefined || state.generation !== generation || log.failure !== undefined;
    if (isOver) throw new MillraceError("CLOSED", { log: state.name, work: "compaction" });
  };
  const account = state.around.memory.account("compaction");
  const keys = await buildKeyMap(state, cleanable, checkAbort);
  account.charge(keys.map.bytes);
  try {
    if (keys.end <= cleanable.firstDirty) return giveUp(log, cleanable);
    const round = await roundOf(log, cleanable, keys, checkAbort);
    for (const group of groupsOf(log, keys.end)) await cleanGroup(log, group, round);
    state.cleanedTo = keys.end;
    state.around.marked(state);
    const { firstDirty, dirtyBytes } = cleanable;
    state.around.logger.info("log compacted", { log: state.name, from: firstDirty, to: keys.end, dirtyBytes, keys: keys.map.count });
    return true;
  } finally {
    account.release(keys.map.bytes);
  }
}

/** A batch with more keys than the map has room for. */
function giveUp(log: PartitionLog, { firstDirty }: Cleanable): never {
  throw new MillraceError("MEMORY_EXHAUSTED", { log: log.state.name, at: firstDirty, key: "log.cleaner.dedupe.buffer.size" });
}

async function roundOf(log: PartitionLog, { end }: Cleanable, keys: CleaningRound["keys"], checkAbort: () => void): Promise<CleaningRound> {
  const { state } = log;
  const nowMs = state.around.clock.wallMs();
  const aborted = await abortedRanges(state, { from: state.segments.first.baseOffset, to: keys.end });
  const deleteHorizonMs = nowMs + state.settings()["delete.retention.ms"];
  return { keys, transactions: new CleanedTransactions(aborted), nowMs, deleteHorizonMs, end, checkAbort };
}

/** The segments to compact, in groups that become one segment each. */
function groupsOf({ state }: PartitionLog, end: number): Segment[][] {
  const settings = state.settings();
  const bytesMax = Math.min(settings["segment.bytes"], groupBytesMax);
  const { segments } = state;
  const groups: Segment[][] = [];
  let bytes = 0;
  for (const [number, segment] of segments.all.entries()) {
    if (segment.baseOffset >= end) break;
    const group = groups.at(-1);
    const fits = group !== undefined && bytes + segment.sizeBytes <= bytesMax && group[0]!.covers(segments.endOf(number) - 1);
    if (fits) group.push(segment);
    else groups.push([segment]);
    bytes = fits ? bytes + segment.sizeBytes : segment.sizeBytes;
  }
  return groups;
}

async function cleanGroup(log: PartitionLog, group: readonly Segment[], round: CleaningRound): Promise<void> {
  const cleaner = new SegmentCleaner(log.state, group, round);
  try {
    await cleaner.clean(group);
    await log.replaceSegments(group, cleaner.cleaned, round.checkAbort);
  } catch (error) {
    if (!log.state.segments.includesAll([cleaner.cleaned])) await cleaner.discard().catch(() => undefined);
    throw error;
  }
}
