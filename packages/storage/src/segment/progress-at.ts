import type { BatchView } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";
import type { IndexedBatch } from "./offset-index.ts";
import { scanBatches } from "./scan.ts";
import type { Segment, SegmentProgress } from "./segment.ts";
import type { TimedBatch } from "./time-index.ts";

/** Read at once where a single batch is wanted. */
const pageBytes = 4096;

/** A place between two batches of a segment. */
export interface Boundary {
  readonly position: number;
  /** The offset that the log ends with if it is cut there. */
  readonly offset: number;
}

/**
 * Finds the batch that holds `offset`, or else the first behind it: everything before it stays when the log is cut to
 * `offset`. Reads one stretch between two index entries; with `checksums` it rejects with DATA_DAMAGED where a batch of it is
 * broken, which might claim any offset.
 */
export async function boundaryAt(segment: Segment, offset: number, { checksums = false } = {}): Promise<Boundary> {
  const named = await segment.indexes.offsets.lookup(offset).catch(() => undefined);
  const isRight = named !== undefined && (await namesBatch(segment, named));
  let found: Boundary = { position: segment.sizeBytes, offset };
  const range = { from: isRight ? named.position : 0, to: segment.sizeBytes, checksums };
  const { fault } = await scanBatches(segment.log, range, (batch, position) => {
    if (batch.lastOffset < offset) return true;
    found = { position, offset: Math.min(offset, batch.baseOffset) };
    return false;
  });
  if (checksums && fault !== undefined) throw new MillraceError("DATA_DAMAGED", { path: segment.log.path, offset, fault });
  return found;
}

/** Whether a time index is right about a batch. */
export async function hasTimestamp(segment: Segment, { lastOffset, timestampMs }: TimedBatch): Promise<boolean> {
  const { position } = await boundaryAt(segment, lastOffset);
  return isBatch(segment, position, (batch) => batch.lastOffset === lastOffset && batch.maxTimestamp === timestampMs);
}

/** Whether the batch that an index names is there. */
function namesBatch(segment: Segment, { lastOffset, position }: IndexedBatch): Promise<boolean> {
  return isBatch(segment, position, (batch) => batch.lastOffset === lastOffset);
}

/** Whether a sound batch lies at a position, and is as expected. */
async function isBatch(segment: Segment, position: number, isExpected: (batch: BatchView) => boolean): Promise<boolean> {
  let isThere = false;
  await scanBatches(segment.log, { from: position, to: segment.sizeBytes, checksums: true, chunkBytes: pageBytes }, (batch) => {
    isThere = isExpected(batch);
    return false;
  });
  return isThere;
}

/** How far a segment was at an earlier boundary, told from its indexes and the stretch behind their last entries. */
export async function progressAt(segment: Segment, { position, offset }: Boundary): Promise<SegmentProgress> {
  const { indexes, transactions } = segment;
  const indexed = await indexes.offsets.lookupPosition(position);
  const timed = await indexes.times.lookupOffset(offset);
  let largestTimestampMs = timed.batch?.timestampMs ?? -1;
  let largestTimestampOffset = timed.batch?.lastOffset ?? -1;
  await scanBatches(segment.log, { from: indexed.position, to: position, checksums: false }, (batch) => {
    if (batch.maxTimestamp <= largestTimestampMs) return;
    largestTimestampMs = batch.maxTimestamp;
    largestTimestampOffset = batch.lastOffset;
  });
  return {
    sizeBytes: position,
    firstTimestampMs: await firstTimestamp(segment, position),
    largestTimestampMs,
    largestTimestampOffset,
    bytesSinceIndexEntry: position - indexed.position,
    lastTimeEntryMs: timed.batch?.timestampMs ?? -1,
    offsetEntries: indexed.count,
    timeEntries: timed.count,
    transactionEntries: await transactions.countBelow(offset),
  };
}

/** The greatest timestamp of the first batch; -1: there is none, or it has none. */
export async function firstTimestamp(segment: Segment, to: number): Promise<number> {
  let timestampMs = -1;
  await scanBatches(segment.log, { from: 0, to, checksums: false, chunkBytes: pageBytes }, (batch) => {
    timestampMs = batch.maxTimestamp;
    return false;
  });
  return timestampMs;
}
