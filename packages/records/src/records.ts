import { MillraceError } from "@millrace/vocabulary";
import { type BatchHeader, sealBatch } from "./batch-header.ts";
import { batchHeaderBytes } from "./batch-layout.ts";
import type { BatchView } from "./batch.ts";
import { VarintCursor, varintBytes, varlongBytes } from "./varint.ts";

/** A header of a record. Keys may repeat; their order is kept. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** A record as somebody writes it. */
export interface RecordToWrite {
  readonly key: Uint8Array | null;
  /** Null: a tombstone. */
  readonly value: Uint8Array | null;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly headers?: readonly RecordHeader[];
}

/** A record as it lies in a batch. Key and value are slices of the batch's memory. */
export interface StoredRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

/**
 * Reads the records of an uncompressed batch, one after the other. `records` are the bytes after the header, of a
 * compressed batch those that came out of its compression. Throws CORRUPT_MESSAGE where the framing is broken.
 */
export function* readRecords(batch: BatchView, records: Buffer): Generator<StoredRecord> {
  const { baseOffset, baseTimestamp, maxTimestamp, isLogAppendTime, recordCount } = batch;
  const cursor = new VarintCursor(records);
  for (let index = 0; index < recordCount; index++) {
    const size = cursor.readVarint();
    const end = cursor.position + size;
    if (size < 0 || end > records.length)
      throw new MillraceError("CORRUPT_MESSAGE", { record: index, sizeBytes: size, available: records.length - cursor.position });
    cursor.end = end;
    cursor.position += 1; // attributes: none are defined
    const timestamp = baseTimestamp + cursor.readVarlong();
    const offset = baseOffset + cursor.readVarint();
    const key = readSlice(cursor);
    const value = readSlice(cursor);
    const headers = readHeaders(cursor);
    if (cursor.position !== end) throw new MillraceError("CORRUPT_MESSAGE", { record: index, endsAt: cursor.position, shouldEndAt: end });
    cursor.end = records.length;
    yield { offset, timestamp: isLogAppendTime ? maxTimestamp : timestamp, key, value, headers };
  }
}

function readSlice(cursor: VarintCursor): Buffer | null {
  const length = cursor.readVarint();
  if (length < 0) return null;
  const from = cursor.position;
  if (length > cursor.end - from) throw new MillraceError("CORRUPT_MESSAGE", { lengthBytes: length, available: cursor.end - from });
  cursor.position += length;
  return cursor.bytes.subarray(from, cursor.position);
}

const noHeaders: readonly RecordHeader[] = [];

function readHeaders(cursor: VarintCursor): readonly RecordHeader[] {
  const count = cursor.readVarint();
  if (count === 0) return noHeaders;
  // A header takes two bytes or more.
  if (count < 0 || count > (cursor.end - cursor.position) / 2)
    throw new MillraceError("CORRUPT_MESSAGE", { headers: count, available: cursor.end - cursor.position });
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index++) {
    const key = readSlice(cursor);
    if (key === null) throw new MillraceError("CORRUPT_MESSAGE", { header: index, key: null });
    headers.push({ key: key.toString("utf8"), value: readSlice(cursor) });
  }
  return headers;
}

/** What a batch says beyond its records; what is left out is as a plain producer would have it. */
export interface BatchOptions {
  readonly baseOffset?: number;
  readonly leaderEpoch?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  readonly isLogAppendTime?: boolean;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
}

/** Writes the records, which must not be none, into one uncompressed batch. Offsets rise by one. */
export function encodeBatch(records: readonly RecordToWrite[], options: BatchOptions = {}): Buffer {
  const encoded = encodeRecords(records);
  const batch = Buffer.allocUnsafe(batchHeaderBytes + encoded.length);
  encoded.copy(batch, batchHeaderBytes);
  sealBatch(batch, headerOf(records, options));
  return batch;
}

/** The header that belongs to records with consecutive offsets. */
function headerOf(records: readonly RecordToWrite[], options: BatchOptions): BatchHeader {
  return {
    baseOffset: 0,
    leaderEpoch: -1,
    isTransactional: false,
    isControl: false,
    isLogAppendTime: false,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    ...options,
    compression: "none",
    deleteHorizonMs: undefined,
    lastOffsetDelta: records.length - 1,
    baseTimestamp: records[0]!.timestamp,
    maxTimestamp: records.reduce((latest, record) => Math.max(latest, record.timestamp), records[0]!.timestamp),
    recordCount: records.length,
  };
}

/** The bytes after a batch's header, uncompressed. Offsets and timestamps are relative to the first record's. */
function encodeRecords(records: readonly RecordToWrite[]): Buffer {
  const baseTimestamp = records[0]!.timestamp;
  const sizes = records.map((record, index) => recordBodyBytes(record, record.timestamp - baseTimestamp, index));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + varintBytes(size) + size, 0));
  const cursor = new VarintCursor(bytes);
  records.forEach((record, index) => writeRecord(cursor, record, sizes[index]!, record.timestamp - baseTimestamp, index));
  return bytes;
}

/** Bytes of one record without its length field. */
export function recordBodyBytes(record: RecordToWrite, timestampDelta: number, offsetDelta: number): number {
  const headers = record.headers ?? noHeaders;
  let size =
    1 +
    varlongBytes(timestampDelta) +
    varintBytes(offsetDelta) +
    sliceBytes(record.key) +
    sliceBytes(record.value) +
    varintBytes(headers.length);
  for (const header of headers) {
    const keyBytes = Buffer.byteLength(header.key);
    size += varintBytes(keyBytes) + keyBytes + sliceBytes(header.value);
  }
  return size;
}

function sliceBytes(slice: Uint8Array | null): number {
  return slice === null ? 1 : varintBytes(slice.length) + slice.length;
}

/** Writes one record at the cursor; `bodyBytes` is what `recordBodyBytes` says, and the room must be there. */
export function writeRecord(
  cursor: VarintCursor,
  record: RecordToWrite,
  bodyBytes: number,
  timestampDelta: number,
  offsetDelta: number,
): void {
  const headers = record.headers ?? noHeaders;
  cursor.writeVarint(bodyBytes);
  cursor.bytes[cursor.position++] = 0;
  cursor.writeVarlong(timestampDelta);
  cursor.writeVarint(offsetDelta);
  writeSlice(cursor, record.key);
  writeSlice(cursor, record.value);
  cursor.writeVarint(headers.length);
  for (const header of headers) {
    const keyBytes = Buffer.byteLength(header.key);
    cursor.writeVarint(keyBytes);
    cursor.position += cursor.bytes.write(header.key, cursor.position);
    writeSlice(cursor, header.value);
  }
}

function writeSlice(cursor: VarintCursor, slice: Uint8Array | null): void {
  if (slice === null) return cursor.writeVarint(-1);
  cursor.writeVarint(slice.length);
  cursor.bytes.set(slice, cursor.position);
  cursor.position += slice.length;
}
