import type { KvChange } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import { noProgress, Segment, type SegmentPlace } from "../segment/segment.ts";
import { Segments } from "../segment/segments.ts";
import type { FoundSegment } from "./found-segments.ts";
import { type LogHints, marksChange, pointChange, removeSnapshots } from "./hints.ts";
import { type LogOrigin, LogState } from "./log-state.ts";
import type { OpenedLog } from "./open-log.ts";

/**
 * Makes an empty log that begins at offset 0. Hints of a former one must not be taken for its own; its own say from the first
 * moment where it begins, so that a segment whose predecessors a power cut took is not taken for the beginning.
 */
export async function createLog(origin: LogOrigin, hints: LogHints): Promise<OpenedLog> {
  const { around, entries } = origin;
  await around.disk.makeDirectory(entries.path);
  around.root.changed();
  const state = emptyLog(origin, Offset(0));
  await around.state.commit(firstHints(state));
  state.lostRecords = (hints.point?.recovery.offset ?? 0) > 0;
  return { state, unsynced: [], isRebuilt: false };
}

/** Finishes what `Log.restartAt` began in an earlier life: drops everything, and begins at an offset. */
export async function restartLog(
  origin: LogOrigin,
  { hints, found, at }: { hints: LogHints; found: readonly FoundSegment[]; at: Offset },
): Promise<OpenedLog> {
  const { around, entries } = origin;
  const state = emptyLog(origin, at);
  const { place } = state.segments.active;
  const old = found.map(
    ({ baseOffset, present, fileBytes }) => new Segment(around.files, { ...place, baseOffset, present }, { sizeBytes: fileBytes }),
  );
  await around.remover.retire(old, 0);
  await state.segments.active.log.use((file) => file.sync());
  await entries.sync();
  around.root.changed();
  await around.root.sync();
  await around.state.commit(firstHints(state));
  state.lostRecords = hints.marks?.isRestarting !== true;
  return { state, unsynced: [], isRebuilt: false };
}

function emptyLog(origin: LogOrigin, at: Offset): LogState {
  const { around, entries } = origin;
  const place: SegmentPlace = { entries, baseOffset: at, present: new Set(), createdMs: around.clock.wallMs(), jitterShare: 0 };
  const state = new LogState(origin, new Segments([new Segment(around.files, place, noProgress)]));
  state.logStart = state.logEnd = state.nextOffset = state.syncedEnd = at;
  state.highWatermark = state.cleanedTo = at;
  state.recovery = state.indexed = state.bookmark();
  return state;
}

/** The hints of a log that holds nothing yet, in the place of whatever is there. */
function firstHints(state: LogState): KvChange[] {
  const { id, around, recovery, indexed } = state;
  const point = { recovery, indexed, epochs: [], producersAt: -1 };
  return [...removeSnapshots(around.state, id), marksChange(id, state.marks()), pointChange(id, point)];
}
