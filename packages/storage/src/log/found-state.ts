import { Offset } from "@millrace/vocabulary";
import { noProgress, Segment, type SegmentPlace } from "../segment/segment.ts";
import { Segments } from "../segment/segments.ts";
import { EpochCache } from "./epoch-cache.ts";
import type { FoundSegment } from "./found-segments.ts";
import type { LogHints, Point } from "./hints.ts";
import { type LogOrigin, LogState } from "./log-state.ts";

/** What the last life of a log left. */
export interface Evidence {
  readonly hints: LogHints;
  readonly found: readonly FoundSegment[];
  /** Undefined: the hints are of no use, and everything is read. */
  readonly point: Point | undefined;
}

/** A log as it was at its recovery point: the segments before it sealed, the one that holds it open to go on with. */
export function stateAtPoint(origin: LogOrigin, { hints, found, point }: Evidence): LogState {
  const { around, entries } = origin;
  const start = point?.recovery ?? { offset: Offset(found[0]!.baseOffset), baseOffset: found[0]!.baseOffset, progress: noProgress };
  const common = { entries, createdMs: around.clock.wallMs(), jitterShare: 0 };
  const sealed = found
    .filter(({ baseOffset }) => baseOffset < start.baseOffset)
    .map(({ baseOffset, present, fileBytes }) => new Segment(around.files, { ...common, baseOffset, present }, { sizeBytes: fileBytes }));
  const present = found.find(({ baseOffset }) => baseOffset === start.baseOffset)?.present ?? new Set();
  const place: SegmentPlace = { ...common, baseOffset: start.baseOffset, present };
  const state = new LogState(origin, new Segments([...sealed, new Segment(around.files, place, start.progress)]));
  state.nextOffset = state.logEnd = state.syncedEnd = start.offset;
  restoreHints(state, hints, point);
  return state;
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
