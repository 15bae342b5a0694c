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
export { crc32c } from "./crc32c.ts";
export { batchHeaderOf, encodeBatch, encodeRecords, readRecords, recordBodyBytes, writeRecord } from "./records.ts";
export type { BatchOptions, RecordHeader, RecordToWrite, StoredRecord } from "./records.ts";
export { varintBytes, VarintCursor, varlongBytes } from "./varint.ts";
