import {
  batchHeaderBytes,
  BatchView,
  compressBatch,
  headerOf,
  readRecords,
  recordBodyBytes,
  sealBatch,
  type StoredRecord,
  varintBytes,
  VarintCursor,
  writeRecord,
} from "@millrace/records";
import { openedRecords } from "../opened-records.ts";

/** What is left of a batch: `isKept` says it of each record. Changes nothing where all are kept and no horizon is to be set. */
export function filterBatch(view: BatchView, isKept: (record: number) => boolean, horizon: HorizonRule): Buffer | undefined {
  const records = [...readRecords(view, openedRecords(view))];
  const kept = records.filter((_, number) => isKept(number));
  if (kept.length === 0) return undefined;
  const needsHorizon =
    view.deleteHorizonMs === undefined && (horizon.isMarkerOfEmptyTransaction || kept.some(({ value }) => value === null));
  if (kept.length === records.length && !needsHorizon) return view.bytes.subarray(view.start, view.start + view.sizeBytes);
  return rebuild(view, kept, needsHorizon ? horizon.deleteHorizonMs : view.deleteHorizonMs);
}

/** When tombstones and markers that are seen for the first time may go (KIP-534). */
export interface HorizonRule {
  readonly deleteHorizonMs: number;
  readonly isMarkerOfEmptyTransaction: boolean;
}

/**
 * A batch without records: it stays in the place of one whose producer would otherwise be forgotten, or to keep the log's last
 * offset. Its header says the sequences and offsets that it had.
 */
export function emptyBatch(view: BatchView): Buffer {
  const bytes = Buffer.alloc(batchHeaderBytes);
  sealBatch(bytes, { ...headerOf(view), deleteHorizonMs: undefined, baseTimestamp: -1, recordCount: 0 });
  return bytes;
}

function rebuild(view: BatchView, kept: readonly StoredRecord[], deleteHorizonMs: number | undefined): Buffer {
  const baseTimestamp = deleteHorizonMs ?? kept[0]!.timestamp;
  const records = encode(view.baseOffset, baseTimestamp, kept);
  const bytes = Buffer.allocUnsafe(batchHeaderBytes + records.length);
  records.copy(bytes, batchHeaderBytes);
  const maxTimestamp = kept.reduce((latest, { timestamp }) => Math.max(latest, timestamp), -1);
  // Above all the last offset stays as it was: by it the last sequence is told.
  sealBatch(bytes, { ...headerOf(view), deleteHorizonMs, baseTimestamp, maxTimestamp, recordCount: kept.length });
  return compressBatch(bytes, view.compression ?? "none");
}

function encode(baseOffset: number, baseTimestamp: number, records: readonly StoredRecord[]): Buffer {
  const sizes = records.map((record) => recordBodyBytes(record, record.timestamp - baseTimestamp, record.offset - baseOffset));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + varintBytes(size) + size, 0));
  const cursor = new VarintCursor(bytes);
  records.forEach((record, index) =>
    writeRecord(cursor, record, sizes[index]!, record.timestamp - baseTimestamp, record.offset - baseOffset),
  );
  return bytes;
}
