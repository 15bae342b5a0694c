/** Record batches, compression, checksums and hashes. */

export {
  addSequence,
  batchHeaderBytes,
  batchMagic,
  batchPrefixBytes,
  BatchView,
  compressionCodecs,
  readInt64,
  sealBatch,
  writeInt64,
} from "./batch.ts";
export type { BatchHeader, Compression } from "./batch.ts";
export { compressBatch, decompressRecords } from "./compression.ts";
export { encodeMarkerBatch, markerRecord, readMarker } from "./control-records.ts";
export type { EndTransactionMarker, TransactionOutcome } from "./control-records.ts";
export { crc32c } from "./crc32c.ts";
export { checkFraming, recordsOf } from "./framing.ts";
export type { Framing } from "./framing.ts";
export { murmur2, partitionOfKey } from "./murmur2.ts";
export { batchHeaderOf, encodeBatch, encodeRecords, readRecords, recordBodyBytes, writeRecord } from "./records.ts";
export type { BatchOptions, RecordHeader, RecordToWrite, StoredRecord } from "./records.ts";
export { varintBytes, VarintCursor, varlongBytes } from "./varint.ts";
