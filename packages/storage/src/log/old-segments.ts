import type { KvChange } from "@millrace/runtime";
import { type TopicSettings, Offset } from "@millrace/vocabulary";
import { encodeProducers, momentOf } from "../producers/snapshot.ts";
import type { Segment } from "../segment/segment.ts";
import { Turns } from "../turns.ts";
import type { Appender } from "./appender.ts";
import { flush } from "./flush.ts";
import { marksChange, snapshotChange } from "./hints.ts";
import type { LogState } from "./log-state.ts";
import { producersAsOf } from "./producer-replay.ts";
import type { Writer } from "./writer.ts";

/** What the removal of old segments has to do with beside the state. */
export interface RemovalParts {
  readonly appender: Appender;
  readonly writer: Writer;
}

/**
 * Deletes the oldest segments that `retention.ms`, `retention.bytes` or the log start allow to go. What is not below the high
 * watermark stays. Called by whoever holds the structure of the log.
 */
export async function deleteOldSegments(state: LogState, parts: RemovalParts): Promise<void> {
  const { nextOffset } = state;
  const sealed = state.segments.all.length - 1;
  const expired = await expiredCount(state);
  // Records that came meanwhile are younger than what was looked at.
  const count = state.nextOffset === nextOffset ? expired : Math.min(expired, sealed);
  if (count === 0) return;
  // When everything has expired the active segment goes too, and an empty one takes its place.
  if (count === state.segments.all.length) await rollEmpty(state, parts.appender);
  await deleteFirst(state, parts.writer, count);
}

/** Deletes the segments that lie below the log start. */
export async function deletePassedSegments(state: LogState, writer: Writer): Promise<void> {
  const { all } = state.segments;
  const count = prefix(all, (_, number) => state.segments.endOf(number) <= state.logStart);
  if (count > 0) await deleteFirst(state, writer, count);
}

async function rollEmpty(state: LogState, appender: Appender): Promise<void> {
  const fresh = appender.roll(state.nextOffset);
  // Its name alone keeps the log's end, once all others are gone.
  await fresh.log.use((file) => file.sync());
  await state.entries.sync();
}

async function deleteFirst(state: LogState, writer: Writer, count: number): Promise<void> {
  const { segments, around, id } = state;
  // Asked for anew whenever something was awaited: a client may have moved the log start further meanwhile.
  const start = () => Offset(Math.max(state.logStart, segments.at(count)!.baseOffset));
  // Recovery must not need what goes: not for its point, nor for producers of which there is no snapshot.
  const isNeeded = () => state.recovery.baseOffset < segments.at(count)!.baseOffset || state.producersAt === undefined;
  if (isNeeded()) await flush(state, writer, { syncIndexes: false });
  if (isNeeded()) return;
  const snapshot = await snapshotForCuts(state, Offset(segments.at(count)!.baseOffset));
  await around.state.commit([...snapshot, marksChange(id, { ...state.marks(), logStart: start() })]);
  const hasMoved = start() > state.logStart;
  state.logStart = start();
  const deleted = segments.takeFirst(count);
  writer.syncer.forget(deleted);
  state.tail.dropBefore(state.logStart);
  state.epochs.cutBefore(state.logStart);
  await around.remover.retire(deleted, state.settings()["file.delete.delay.ms"]);
  around.logger.info("segments deleted", { log: state.name, segments: count, logStart: state.logStart });
  if (hasMoved) state.observer?.logStartMoved();
}

/**
 * A cut as far back as the high watermark must still find the producers, of whom the segments that go may be the last to tell: without a
 * snapshot in between one is taken of where the log will begin. Only a log whose high watermark is behind its recovery point needs it.
 */
async function snapshotForCuts(state: LogState, first: Offset): Promise<KvChange[]> {
  const { producers, snapshots, highWatermark, around, id } = state;
  const isKept = snapshots.some((offset) => offset >= first && offset <= highWatermark);
  const hasProducers = producers.all.size > 0 || producers.transactions.firstOffset !== undefined;
  if (isKept || !hasProducers) return [];
  const then = await producersAsOf(state, first);
  const encoded = await encodeProducers(momentOf(then), new Turns(around.clock));
  state.snapshots = [...snapshots.filter((offset) => offset !== first), first].toSorted((a, b) => a - b);
  return [snapshotChange(id, first, encoded)];
}

/** How many of the first segments may go. */
async function expiredCount(state: LogState): Promise<number> {
  const settings = state.settings();
  const { all } = state.segments;
  const allowed = prefix(all, (segment, number) => mayGo(state, segment, number));
  const passed = prefix(all, (_, number) => state.segments.endOf(number) <= state.logStart);
  if (!settings["cleanup.policy"].includes("delete")) return Math.min(allowed, passed);
  const tooMany = oversizedCount(state, settings["retention.bytes"]);
  const tooOld = await outdatedCount(state, settings, allowed);
  return Math.min(allowed, Math.max(passed, tooMany, tooOld));
}

/** Only what is safe below the high watermark may go; of the active segment only what is written, and not an empty one. */
function mayGo(state: LogState, segment: Segment, number: number): boolean {
  const isActive = segment === state.segments.active;
  if (isActive && (segment.nextPosition === 0 || state.nextOffset !== state.logEnd)) return false;
  return Math.min(state.segments.endOf(number), state.nextOffset) <= state.highWatermark;
}

function oversizedCount({ segments }: LogState, retentionBytes: number): number {
  let excess = retentionBytes < 0 ? -1 : segments.sizeBytes - retentionBytes;
  return prefix(segments.all, ({ sizeBytes }) => (excess -= sizeBytes) >= 0);
}

async function outdatedCount(state: LogState, settings: TopicSettings, countMax: number): Promise<number> {
  const retentionMs = settings["retention.ms"];
  if (retentionMs < 0) return 0;
  const nowMs = state.around.clock.wallMs();
  for (let number = 0; number < countMax; number++) {
    if (nowMs - (await newestMs(state, state.segments.at(number)!)) <= retentionMs) return number;
  }
  return countMax;
}

/** By the greatest timestamp of the records; where they have none, by the time of the last write. */
async function newestMs(state: LogState, segment: Segment): Promise<number> {
  const largest = await segment.largestTimestamp(state.settings()["index.interval.bytes"]);
  if (largest !== undefined) return largest.timestampMs;
  const entry = await state.around.disk.stat(segment.log.path);
  return entry?.modifiedMs ?? state.around.clock.wallMs();
}

/** How many items from the first on match. */
function prefix<Item>(items: readonly Item[], matches: (item: Item, number: number) => boolean): number {
  const first = items.findIndex((item, number) => !matches(item, number));
  return first < 0 ? items.length : first;
}
