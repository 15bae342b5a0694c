import { type SegmentFileKind, segmentFileName } from "../names.ts";
import type { Disk } from "@millrace/runtime";
import type { SegmentProgress } from "../segment/segment.ts";
import { tidyDirectory } from "./leftovers.ts";
import type { Bookmark, LogHints, Point } from "./hints.ts";
import type { WrittenPoint } from "./written-point.ts";

/** A segment as the directory shows it. */
export interface FoundSegment {
  readonly baseOffset: number;
  readonly present: ReadonlySet<SegmentFileKind>;
  /** Of the log file; what lies past the recovery point is not known to be right. */
  readonly fileBytes: number;
}

/** Brings a log's directory in order and says which segments are there, ascending. */
export async function findSegments(disk: Disk, directory: string): Promise<FoundSegment[]> {
  const found: FoundSegment[] = [];
  for (const [baseOffset, present] of await tidyDirectory(disk, directory)) {
    const entry = await disk.stat(`${directory}/${segmentFileName(baseOffset, "log")}`);
    found.push({ baseOffset, present, fileBytes: entry?.sizeBytes ?? 0 });
  }
  return found;
}

/**
 * The point to begin at, if the files are as it says; undefined: everything must be read. Files may be longer than at the
 * recovery point, never shorter. Of the indexes a power cut leaves only what was synced.
 */
export function usablePoint({ point }: LogHints, found: readonly FoundSegment[], wasLossy: boolean): Point | undefined {
  if (point === undefined) return undefined;
  const indexes = wasLossy ? point.indexed.progress : point.recovery.progress;
  return areThere(point.recovery, indexes, found) ? point : undefined;
}

/** What was written after the recovery point, if the files are as it says. Only a crash of the process alone leaves any of it right. */
export function usableWritten(written: WrittenPoint, point: Point, found: readonly FoundSegment[]): WrittenPoint | undefined {
  const isBeyond = written.at.offset > point.recovery.offset;
  return isBeyond && areThere(written.at, written.at.progress, found) ? written : undefined;
}

/** Whether the files hold what a bookmark says, and as many index entries as are needed. */
function areThere({ baseOffset, progress }: Bookmark, indexes: SegmentProgress, found: readonly FoundSegment[]): boolean {
  const segment = found.find((candidate) => candidate.baseOffset === baseOffset);
  // A segment that was begun and not written to has no file yet.
  if (segment === undefined) return progress.sizeBytes === 0;
  const isThere = (kind: SegmentFileKind, entries: number) => entries === 0 || segment.present.has(kind);
  const areIndexesThere = isThere("index", indexes.offsetEntries) && isThere("timeindex", indexes.timeEntries);
  return areIndexesThere && isThere("txnindex", progress.transactionEntries) && segment.fileBytes >= progress.sizeBytes;
}
