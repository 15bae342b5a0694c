import { at, attribute, batchMagic, batchPrefixBytes, type Compression, compressionCodecs } from "./batch-layout.ts";
import type { BatchView } from "./batch.ts";
import { crc32c } from "./crc32c.ts";
import { writeInt64 } from "./int64.ts";

/** What a new batch's header says; the rest follows from its records. */
export interface BatchHeader {
  readonly baseOffset: number;
  readonly leaderEpoch: number;
  readonly compression: Compression;
  readonly isLogAppendTime: boolean;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly deleteHorizonMs: number | undefined;
  readonly lastOffsetDelta: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
}

/**
 * Writes a header at the start of `bytes`, whose rest holds the records (compressed, where the header says so), and
 * with it length and checksum.
 */
export function sealBatch(bytes: Buffer, header: BatchHeader): void {
  writeInt64(bytes, at.baseOffset, header.baseOffset);
  bytes.writeInt32BE(bytes.length - batchPrefixBytes, at.length);
  bytes.writeInt32BE(header.leaderEpoch, at.leaderEpoch);
  bytes.writeInt8(batchMagic, at.magic);
  bytes.writeInt16BE(attributesOf(header), at.attributes);
  bytes.writeInt32BE(header.lastOffsetDelta, at.lastOffsetDelta);
  writeInt64(bytes, at.baseTimestamp, header.deleteHorizonMs ?? header.baseTimestamp);
  writeInt64(bytes, at.maxTimestamp, header.maxTimestamp);
  writeInt64(bytes, at.producerId, header.producerId);
  bytes.writeInt16BE(header.producerEpoch, at.producerEpoch);
  bytes.writeInt32BE(header.baseSequence, at.baseSequence);
  bytes.writeInt32BE(header.recordCount, at.recordCount);
  bytes.writeUInt32BE(crc32c(bytes.subarray(at.attributes)), at.crc);
}

function attributesOf(header: BatchHeader): number {
  return (
    compressionCodecs.indexOf(header.compression) |
    (header.isLogAppendTime ? attribute.logAppendTime : 0) |
    (header.isTransactional ? attribute.transactional : 0) |
    (header.isControl ? attribute.control : 0) |
    (header.deleteHorizonMs === undefined ? 0 : attribute.deleteHorizon)
  );
}

/** What the header of an uncompressed batch says. */
export function headerOf(view: BatchView): BatchHeader {
  const { baseOffset, leaderEpoch, isLogAppendTime, isTransactional, isControl, deleteHorizonMs } = view;
  const { lastOffsetDelta, baseTimestamp, maxTimestamp, producerId, producerEpoch, baseSequence, recordCount } = view;
  return {
    baseOffset,
    leaderEpoch,
    compression: "none",
    isLogAppendTime,
    isTransactional,
    isControl,
    deleteHorizonMs,
    lastOffsetDelta,
    baseTimestamp,
    maxTimestamp,
    producerId,
    producerEpoch,
    baseSequence,
    recordCount,
  };
}
