import { type SegmentFileKind, segmentFileName } from "../names.ts";
import type { Disk } from "@millrace/runtime";
import { tidyDirectory } from "./leftovers.ts";
import type { LogHints, Point } from "./hints.ts";

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
  const { baseOffset, progress } = point.recovery;
  const segment = found.find((candidate) => candidate.baseOffset === baseOffset);
  // A segment that was begun and not written to has no file yet.
  if (segment === undefined) return progress.sizeBytes === 0 ? point : undefined;
  const { offsetEntries, timeEntries } = wasLossy ? point.indexed.progress : progress;
  const isThere = (kind: SegmentFileKind, entries: number) => entries === 0 || segment.present.has(kind);
  const areThere = isThere("index", offsetEntries) && isThere("timeindex", timeEntries) && isThere("txnindex", progress.transactionEntries);
  return areThere && segment.fileBytes >= progress.sizeBytes ? point : undefined;
}
