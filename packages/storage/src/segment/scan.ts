import { batchHeaderBytes, BatchView } from "@millrace/records";
import type { DiskFile } from "@millrace/runtime";
import { MiB } from "@millrace/vocabulary";
import { type BatchFault, batchFault, headerFault } from "./batch-fault.ts";
import type { StoredFile } from "./stored-file.ts";

/** Bytes read at once: large enough for the disk's full speed, small enough for a fraction of a millisecond of checksums. */
const chunkBytesUsual: number = MiB;

/** What a scan looks at. */
export interface ScanRange {
  /** Where a batch begins. */
  readonly from: number;
  /** Nothing at or past it is read. */
  readonly to: number;
  /** Whether checksums are checked. */
  readonly checksums: boolean;
  /** Bytes read at once, where a single batch is wanted. */
  readonly chunkBytes?: number;
}

/** Where a scan ended, and why; no fault: at the end of the range, or where the visitor stopped it. */
export interface ScanEnd {
  /** After the last batch that was visited. */
  readonly position: number;
  readonly fault: BatchFault | undefined;
}

/**
 * Sees one batch after the other; the view moves on, so nothing of it may be kept. Says false to stop behind this batch.
 */
export type BatchVisitor = (batch: BatchView, position: number) => boolean | void;

/** Visits the batches of a file in order, reading it in chunks. Rejects where the disk does. */
export function scanBatches(file: StoredFile, range: ScanRange, visit: BatchVisitor): Promise<ScanEnd> {
  if (range.from >= range.to) return Promise.resolve({ position: range.from, fault: undefined });
  return file.use((opened) => scanFile(opened, range, visit));
}

async function scanFile(file: DiskFile, range: ScanRange, visit: BatchVisitor): Promise<ScanEnd> {
  const { from, to, checksums, chunkBytes = chunkBytesUsual } = range;
  let position = from;
  let wantedBytes = chunkBytes;
  while (position < to) {
    const chunk = Buffer.allocUnsafe(Math.min(wantedBytes, to - position));
    const read = await file.read(chunk, position);
    if (read === 0) return { position, fault: "incomplete" };
    const { visitedBytes, fault, neededBytes } = visitChunk(chunk.subarray(0, read), { position, checksums }, visit);
    position += visitedBytes;
    if (fault === "stopped") return { position, fault: undefined };
    const isAllThere = position + neededBytes <= to && read === chunk.length;
    if (fault === "broken" || (fault === "incomplete" && !isAllThere)) return { position, fault };
    wantedBytes = Math.max(chunkBytes, neededBytes);
  }
  return { position, fault: undefined };
}

interface VisitedChunk {
  readonly visitedBytes: number;
  readonly fault: BatchFault | "stopped" | undefined;
  /** How much must be read from here to have the next batch whole, as its header says. */
  readonly neededBytes: number;
}

function visitChunk(chunk: Buffer, { position, checksums }: { position: number; checksums: boolean }, visit: BatchVisitor): VisitedChunk {
  const view = new BatchView(chunk);
  while (view.start < chunk.length) {
    const fault = checksums ? batchFault(view, chunk.length) : headerFault(view, chunk.length);
    if (fault !== undefined) return { visitedBytes: view.start, fault, neededBytes: neededFor(view, chunk.length) };
    const size = view.sizeBytes;
    const goesOn = visit(view, position + view.start) !== false;
    view.moveTo(view.start + size);
    if (!goesOn) return { visitedBytes: view.start, fault: "stopped", neededBytes: 0 };
  }
  return { visitedBytes: view.start, fault: undefined, neededBytes: 0 };
}

function neededFor(view: BatchView, end: number): number {
  return view.start + batchHeaderBytes > end ? batchHeaderBytes : view.sizeBytes;
}
