/** Record batches, compression, checksums and hashes. */

export { addSequence, BatchView } from "./batch.ts";
export { headerOf, sealBatch } from "./batch-header.ts";
export type { BatchHeader } from "./batch-header.ts";
export { batchHeaderBytes, batchMagic, batchPrefixBytes, compressionCodecs } from "./batch-layout.ts";
export type { Compression } from "./batch-layout.ts";
export { compressBatch, decompressRecords } from "./compression.ts";
export { encodeMarkerBatch, readMarker } from "./control-records.ts";
export type { EndTransactionMarker, TransactionOutcome } from "./control-records.ts";
export { crc32c } from "./crc32c.ts";
export { checkFraming, recordsOf } from "./framing.ts";
export type { Framing } from "./framing.ts";
export { readInt64, writeInt64 } from "./int64.ts";
export { murmur2, partitionOfKey } from "./murmur2.ts";
export { encodeBatch, readRecords, recordBodyBytes, writeRecord } from "./records.ts";
export type { BatchOptions, RecordHeader, RecordToWrite, StoredRecord } from "./records.ts";
export { varintBytes, VarintCursor, varlongBytes } from "./varint.ts";
