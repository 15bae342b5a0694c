import type { KvChange } from "@millrace/runtime";
import { Offset, type TopicPartition, type TopicSettings } from "@millrace/vocabulary";
import { logDirectoryName } from "../names.ts";
import { noProgress, Segment, type SegmentPlace } from "../segment/segment.ts";
import { Segments } from "../segment/segments.ts";
import type { FoundSegment } from "./found-segments.ts";
import { type LogHints, marksChange, pointChange, removeSnapshots } from "./hints.ts";
import { LogState } from "./log-state.ts";
import type { OpenedLog } from "./recovery.ts";
import type { LogSurroundings } from "./surroundings.ts";

/**
 * Makes an empty log that begins at offset 0. Hints of a former one must not be taken for its own; its own say from the first
 * moment where it begins, so that a segment whose predecessors a power cut took is not taken for the beginning.
 */
export async function createLog(
  id: TopicPartition,
  settings: () => TopicSettings,
  around: LogSurroundings,
  hints: LogHints,
): Promise<OpenedLog> {
  await around.disk.makeDirectory(`${around.root}/${logDirectoryName(id)}`);
  const state = emptyLog(id, settings, around, Offset(0));
  await around.state.commit(firstHints(state));
  state.lostRecords = (hints.point?.recovery.offset ?? 0) > 0;
  return { state, unsynced: [], isRebuilt: false };
}

/** Finishes what `Log.restartAt` began in an earlier life: drops everything, and begins at an offset. */
export async function restartLog(
  id: TopicPartition,
  settings: () => TopicSettings,
  around: LogSurroundings,
  { hints, found, at }: { hints: LogHints; found: readonly FoundSegment[]; at: Offset },
): Promise<OpenedLog> {
  const state = emptyLog(id, settings, around, at);
  const { place } = state.segments.active;
  const old = found.map(
    ({ baseOffset, present, fileBytes }) => new Segment(around.files, { ...place, baseOffset, present }, { sizeBytes: fileBytes }),
  );
  await around.remover.retire(old, 0);
  await state.segments.active.log.use((file) => file.sync());
  await around.disk.syncDirectory(state.directory);
  await around.disk.syncDirectory(around.root);
  await around.state.commit(firstHints(state));
  state.lostRecords = hints.marks?.isRestarting !== true;
  return { state, unsynced: [], isRebuilt: false };
}

function emptyLog(id: TopicPartition, settings: () => TopicSettings, around: LogSurroundings, at: Offset): LogState {
  const directory = `${around.root}/${logDirectoryName(id)}`;
  const place: SegmentPlace = { directory, baseOffset: at, present: new Set(), createdMs: around.clock.wallMs(), jitterShare: 0 };
  const state = new LogState(id, settings, around, new Segments([new Segment(around.files, place, noProgress)]));
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
