import { BatchView, readRecords, type StoredRecord } from "@millrace/records";
import { Offset } from "@millrace/vocabulary";
import { openedRecords } from "../opened-records.ts";
import type { TimestampedOffset } from "../log-contract.ts";
import { boundaryAt, hasTimestamp } from "../segment/progress-at.ts";
import { scanBatches } from "../segment/scan.ts";
import type { Segment } from "../segment/segment.ts";
import type { TimedBatch } from "../segment/time-index.ts";
import type { LogState } from "./log-state.ts";

/** What `Log.offsetForTimestamp` promises. */
export async function findTimestamp(state: LogState, timestampMs: number, upTo: Offset): Promise<TimestampedOffset | undefined> {
  for (const segment of segmentsBelow(state, upTo)) {
    const largest = await segment.largestTimestamp(state.settings()["index.interval.bytes"]);
    if (largest === undefined || largest.timestampMs < timestampMs) continue;
    const found = await findInSegment(state, segment, timestampMs);
    if (found !== undefined) return found.offset < upTo ? found : undefined;
  }
  return undefined;
}

async function findInSegment(state: LogState, segment: Segment, timestampMs: number): Promise<TimestampedOffset | undefined> {
  let from = await positionOf(segment, Math.max(await offsetBefore(segment, timestampMs), state.logStart));
  for (;;) {
    const batch = await firstBatch(segment, from, (view) => view.maxTimestamp >= timestampMs && view.lastOffset >= state.logStart);
    if (batch === undefined) return undefined;
    // A client may have told a greater timestamp than any of its records has.
    const record = firstRecord(batch.view, (candidate) => candidate.timestamp >= timestampMs && candidate.offset >= state.logStart);
    if (record !== undefined) return described(state, record);
    from = batch.end;
  }
}

/** An offset up to which no record is as young; where the index is not right, the first one. */
async function offsetBefore(segment: Segment, timestampMs: number): Promise<number> {
  const before = await segment.indexes.times.lookup(timestampMs).catch(() => undefined);
  const isRight = before !== undefined && (await hasTimestamp(segment, before));
  return isRight ? before.lastOffset : segment.baseOffset;
}

/** What `Log.offsetOfMaxTimestamp` promises. */
export async function findMaxTimestamp(state: LogState, upTo: Offset): Promise<TimestampedOffset | undefined> {
  let best: { batch: TimedBatch; segment: Segment } | undefined;
  for (const segment of segmentsBelow(state, upTo)) {
    const batch = await largestBelow(state, segment, upTo);
    if (batch !== undefined && batch.timestampMs > (best?.batch.timestampMs ?? -1)) best = { batch, segment };
  }
  if (best === undefined) return undefined;
  const { lastOffset } = best.batch;
  const from = await positionOf(best.segment, lastOffset);
  const found = await firstBatch(best.segment, from, (view) => view.lastOffset >= lastOffset);
  return found && greatest(state, found.view, upTo);
}

/** The first batch of a segment with the greatest timestamp, of those between the log start and `upTo`. */
async function largestBelow(state: LogState, segment: Segment, upTo: Offset): Promise<TimedBatch | undefined> {
  const largest = await segment.largestTimestamp(state.settings()["index.interval.bytes"]);
  if (largest === undefined || (largest.lastOffset < upTo && largest.lastOffset >= state.logStart)) return largest;
  let best: TimedBatch | undefined;
  const from = await positionOf(segment, state.logStart);
  await scanBatches(segment.log, { from, to: segment.sizeBytes, checksums: false }, (view) => {
    if (view.baseOffset >= upTo) return false;
    if (view.maxTimestamp > (best?.timestampMs ?? -1)) best = { timestampMs: view.maxTimestamp, lastOffset: view.lastOffset };
    return true;
  });
  return best;
}

function greatest(state: LogState, view: BatchView, upTo: Offset): TimestampedOffset | undefined {
  let best: StoredRecord | undefined;
  for (const record of readRecords(view, openedRecords(view))) {
    const isWanted = record.offset >= state.logStart && record.offset < upTo;
    if (isWanted && record.timestamp > (best?.timestamp ?? -1)) best = record;
  }
  return best && described(state, best);
}

function segmentsBelow({ segments, logStart }: LogState, upTo: Offset): Segment[] {
  return segments.all.slice(segments.numberOf(logStart)).filter(({ baseOffset }) => baseOffset < upTo);
}

/** The position of the batch that holds an offset, or of the first one behind it. */
async function positionOf(segment: Segment, offset: number): Promise<number> {
  return offset <= segment.baseOffset ? 0 : (await boundaryAt(segment, offset)).position;
}

/** The first batch from a position on that matches, in memory of its own, and where it ends. */
async function firstBatch(
  segment: Segment,
  from: number,
  matches: (view: BatchView) => boolean,
): Promise<{ view: BatchView; end: number } | undefined> {
  let found: { view: BatchView; end: number } | undefined;
  await scanBatches(segment.log, { from, to: segment.sizeBytes, checksums: true }, (view, position) => {
    if (!matches(view)) return true;
    const bytes = Buffer.from(view.bytes.subarray(view.start, view.start + view.sizeBytes));
    found = { view: new BatchView(bytes), end: position + bytes.length };
    return false;
  });
  return found;
}

function firstRecord(view: BatchView, matches: (record: StoredRecord) => boolean): StoredRecord | undefined {
  for (const record of readRecords(view, openedRecords(view))) if (matches(record)) return record;
  return undefined;
}

function described({ epochs }: LogState, { offset, timestamp }: StoredRecord): TimestampedOffset {
  return { offset: Offset(offset), timestampMs: timestamp, leaderEpoch: epochs.epochOf(Offset(offset)) };
}
