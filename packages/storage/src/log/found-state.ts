import { Offset } from "@millrace/vocabulary";
import { noProgress, Segment, type SegmentPlace } from "../segment/segment.ts";
import { Segments } from "../segment/segments.ts";
import { EpochCache } from "./epoch-cache.ts";
import type { FoundSegment } from "./found-segments.ts";
import type { Bookmark, LogHints, Point } from "./hints.ts";
import { type LogOrigin, LogState } from "./log-state.ts";
import type { WrittenPoint } from "./written-point.ts";

/** What the last life of a log left. */
export interface Evidence {
  readonly hints: LogHints;
  readonly found: readonly FoundSegment[];
  /** Undefined: the hints are of no use, and everything is read. */
  readonly point: Point | undefined;
  /** Beyond the recovery point, where the page cache was not lost. */
  readonly written: WrittenPoint | undefined;
}

/** A log as it was at the point where reading begins: the segments before it sealed, the one that holds it open to go on with. */
export function stateAtPoint(origin: LogOrigin, evidence: Evidence): LogState {
  const { found, point, written } = evidence;
  const { around, entries } = origin;
  const start = written?.at ?? point?.recovery ?? beginningOf(found);
  const common = { entries, createdMs: around.clock.wallMs(), jitterShare: 0 };
  const sealed = found
    .filter(({ baseOffset }) => baseOffset < start.baseOffset)
    .map(({ baseOffset, present, fileBytes }) => new Segment(around.files, { ...common, baseOffset, present }, { sizeBytes: fileBytes }));
  const present = found.find(({ baseOffset }) => baseOffset === start.baseOffset)?.present ?? new Set();
  const place: SegmentPlace = { ...common, baseOffset: start.baseOffset, present };
  const state = new LogState(origin, new Segments([...sealed, new Segment(around.files, place, start.progress)]));
  state.nextOffset = state.logEnd = start.offset;
  state.syncedEnd = point?.recovery.offset ?? start.offset;
  restoreHints(state, evidence.hints, point);
  if (written !== undefined) goOnFrom(state, written);
  return state;
}

function beginningOf([first]: readonly FoundSegment[]): Bookmark {
  return { offset: Offset(first!.baseOffset), baseOffset: Offset(first!.baseOffset), progress: noProgress };
}

/** The recovery point stays where it is: what lies between the two is written, and not known to be synced. */
function goOnFrom(state: LogState, { epochs }: WrittenPoint): void {
  state.epochs = new EpochCache(epochs);
  // The snapshots are of the recovery point and before; the next flush takes one, whatever has changed since.
  state.producersAt = undefined;
  state.placedBytes = bytesBetween(state);
}

/** From the recovery point to the end, as far as the log is known by now. */
function bytesBetween({ segments, recovery }: LogState): number {
  const from = segments.numberOf(recovery.baseOffset);
  const bytes = segments.all.slice(from).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return bytes - recovery.progress.sizeBytes;
}

function restoreHints(state: LogState, { marks, snapshots }: LogHints, point: Point | undefined): void {
  state.recovery = point?.recovery ?? state.bookmark();
  state.indexed = point?.indexed ?? state.recovery;
  state.epochs = new EpochCache(point?.epochs);
  state.producersAt = point?.producersAt;
  state.snapshots = point === undefined ? [] : [...snapshots];
  state.highWatermark = marks?.highWatermark ?? Offset(0);
  state.cleanedTo = marks?.cleanedTo ?? Offset(0);
}
