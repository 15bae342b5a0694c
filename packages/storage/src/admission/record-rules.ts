import {
  batchHeaderBytes,
  BatchView,
  checkFraming,
  compressBatch,
  type Compression,
  decompressRecords,
  type Framing,
  headerOf,
  readRecords,
  sealBatch,
} from "@millrace/records";
import { codeOf, MillraceError } from "@millrace/vocabulary";

/** What a topic asks of the records in a batch. Plain values, since it may cross to another thread. */
export interface RecordRules {
  readonly isCompacted: boolean;
  readonly isLogAppendTime: boolean;
  readonly nowMs: number;
  /** How far before and after now a record's timestamp may lie. */
  readonly beforeMaxMs: number;
  readonly afterMaxMs: number;
  /** What the batch is to be compressed with; undefined: as it came. */
  readonly compression: Compression | undefined;
  readonly bytesMax: number;
}

/** One record that breaks a rule (KIP-467), as `facts.recordErrors` holds it. */
export interface RecordError {
  readonly index: number;
  readonly message: string;
}

/** More errors than these say nothing new, and would make the answer larger than the request. */
const recordErrorsMax = 100;

/**
 * Checks the records of a batch, stamps it or corrects its greatest timestamp, and compresses it as the topic wants. Comes back with
 * the batch, changed in place, or another in its place. A pure function on bytes.
 *
 * Throws INVALID_RECORD and INVALID_TIMESTAMP, both with `facts.recordErrors` where single records are at fault; CORRUPT_MESSAGE where
 * the compression is broken; MESSAGE_TOO_LARGE past `bytesMax`, and where the batch opens to more than `openedBytesMax`.
 */
export function applyRules(batch: Buffer, rules: RecordRules, openedBytesMax: number): Buffer {
  const view = new BatchView(batch);
  const records = decompressRecords(view, openedBytesMax);
  const framing = framingOf(view, records);
  const errors = recordErrors(view, records, framing, rules);
  if (errors !== undefined) throw errors;
  const isKept = rules.compression === undefined || rules.compression === view.compression;
  const ready = isKept ? batch : compressAnew(view, records, rules.compression!);
  if (ready.length > rules.bytesMax)
    throw new MillraceError("MESSAGE_TOO_LARGE", { sizeBytes: ready.length, "max.message.bytes": rules.bytesMax });
  stamp(new BatchView(ready), rules, framing);
  return ready;
}

/** Stamps a batch whose records are not looked at, or were. */
export function stamp(view: BatchView, { isLogAppendTime, nowMs }: RecordRules, framing: Framing | undefined): void {
  if (isLogAppendTime) view.stampLogAppendTime(nowMs);
  else if (framing !== undefined && framing.maxTimestamp !== view.maxTimestamp) view.correctMaxTimestamp(framing.maxTimestamp);
}

function framingOf(view: BatchView, records: Buffer): Framing {
  try {
    return checkFraming(view, records);
  } catch (error) {
    if (!(error instanceof MillraceError) || typeof error.facts.record !== "number") throw error;
    const recordError: RecordError = { index: error.facts.record, message: "the record's framing is broken" };
    throw new MillraceError(codeOf(error), { ...error.facts, recordErrors: [recordError] }, { cause: error });
  }
}

function recordErrors(view: BatchView, records: Buffer, framing: Framing, rules: RecordRules): MillraceError | undefined {
  const isSuspect =
    (rules.isCompacted && framing.hasNullKey) || !isWithin(framing.minTimestamp, rules) || !isWithin(framing.maxTimestamp, rules);
  if (!isSuspect) return undefined;
  const found: RecordError[] = [];
  let isTimestamp = false;
  let index = 0;
  for (const { key, timestamp } of readRecords(view, records)) {
    const message = rules.isCompacted && key === null ? "a record of a compacted topic needs a key" : timestampFault(timestamp, rules);
    isTimestamp ||= message !== undefined && !(rules.isCompacted && key === null);
    if (message !== undefined && found.length < recordErrorsMax) found.push({ index, message });
    index++;
  }
  if (found.length === 0) return undefined;
  return new MillraceError(isTimestamp ? "INVALID_TIMESTAMP" : "INVALID_RECORD", { recordErrors: found });
}

function timestampFault(timestamp: number, rules: RecordRules): string | undefined {
  if (isWithin(timestamp, rules)) return undefined;
  const { nowMs, beforeMaxMs, afterMaxMs } = rules;
  return `the timestamp ${timestamp} lies outside [${nowMs - beforeMaxMs}, ${nowMs + afterMaxMs}]`;
}

/** A record without a timestamp (-1) lies within any bounds; where the broker stamps, nobody looks. */
function isWithin(timestamp: number, { isLogAppendTime, nowMs, beforeMaxMs, afterMaxMs }: RecordRules): boolean {
  return isLogAppendTime || timestamp === -1 || (nowMs - timestamp <= beforeMaxMs && timestamp - nowMs <= afterMaxMs);
}

/** Whether the header alone shows that the timestamps may be out of bounds. */
export function isHeaderSuspect(view: BatchView, rules: RecordRules): boolean {
  return !isWithin(view.maxTimestamp, rules) || !isWithin(view.baseTimestamp, rules);
}

function compressAnew(view: BatchView, records: Buffer, compression: Compression): Buffer {
  const opened = Buffer.allocUnsafe(batchHeaderBytes + records.length);
  records.copy(opened, batchHeaderBytes);
  sealBatch(opened, headerOf(view));
  return compressBatch(opened, compression);
}
