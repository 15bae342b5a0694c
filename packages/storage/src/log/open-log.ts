import type { TopicPartition, TopicSettings } from "@millrace/vocabulary";
import { logDirectoryName } from "../names.ts";
import { DirectoryEntries } from "../segment/directory-entries.ts";
import type { Segment } from "../segment/segment.ts";
import { findSegments, type FoundSegment, usablePoint, usableWritten } from "./found-segments.ts";
import { type Point, readHints } from "./hints.ts";
import type { LogOrigin, LogState } from "./log-state.ts";
import { createLog, restartLog } from "./new-log.ts";
import { Recovery } from "./recovery.ts";
import type { LogSurroundings } from "./surroundings.ts";
import { type WrittenPoint, WrittenPointFile } from "./written-point.ts";

/** A log as it was found, and the segments with writes that may not be synced. */
export interface OpenedLog {
  readonly state: LogState;
  readonly unsynced: readonly Segment[];
  /**
   * Whether everything was read, for want of hints. The log must be flushed before it is appended to: without a recovery point a
   * segment that a power cut takes would look like a gap that compaction left.
   */
  readonly isRebuilt: boolean;
}

export interface OpenLogOptions {
  readonly id: TopicPartition;
  readonly settings: () => TopicSettings;
  readonly around: LogSurroundings;
  /** Whether there is a directory of its name. */
  readonly exists: boolean;
}

/**
 * Opens the log of a partition as its last life left it, or makes one. What lies behind the recovery point is read and
 * checked, and cut off where it is broken; what lies before it is believed. After a crash of the process alone the written point
 * takes the recovery point's place.
 */
export async function openLog({ id, settings, around, exists }: OpenLogOptions): Promise<OpenedLog> {
  const entries = new DirectoryEntries(around.disk, `${around.root.path}/${logDirectoryName(id)}`);
  const origin: LogOrigin = { id, settings, around, entries };
  const hints = readHints(around.state, id, (key, error) => around.logger.warn("hints damaged", { key, error }));
  if (!exists) return createLog(origin, hints);
  const found = await findSegments(around.disk, entries.path);
  if (hints.marks?.isRestarting) return restartLog(origin, { hints, found, at: hints.marks.logStart });
  const point = usablePoint(hints, found, around.lastStop === "lossy" || around.mustWriteAgain);
  if (found.length === 0 && point === undefined) return createLog(origin, hints);
  // What the last life made may not be synced, unless it ended in order.
  if (around.lastStop !== "clean") entries.changed();
  const written = await readWritten(origin, point, found);
  const recovery = new Recovery(origin, { hints, found, point, written });
  await recovery.run();
  const { state, unsynced } = recovery;
  const logStart = hints.marks?.logStart ?? 0;
  if (state.logEnd >= logStart) return { state, unsynced, isRebuilt: point === undefined };
  // Records below the log start are gone for good; a log that ends there has nothing left, and begins anew behind them.
  return restartLog(origin, { hints, found: await findSegments(around.disk, entries.path), at: hints.marks!.logStart });
}

/** The written point, where it may be believed. One that is not is removed, so that the log does not grow into it. */
async function readWritten(
  { around, entries }: LogOrigin,
  point: Point | undefined,
  found: readonly FoundSegment[],
): Promise<WrittenPoint | undefined> {
  const file = new WrittenPointFile(around.files, entries, around.pageCacheId);
  const written = around.lastStop === "crashed" && !around.mustWriteAgain && point !== undefined ? await file.read() : undefined;
  const usable = written && point && usableWritten(written, point, found);
  await (usable === undefined ? file.forget() : file.close());
  return usable;
}
