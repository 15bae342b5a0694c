import { Offset } from "@millrace/vocabulary";
import { crc32c } from "./crc32c.ts";

/**
 * The header of a record batch, version 2, big endian. Positions in bytes:
 *
 *      0 baseOffset i64       12 leaderEpoch i32    23 lastOffsetDelta i32   43 producerId i64
 *      8 length i32           16 magic i8           27 baseTimestamp i64     51 producerEpoch i16
 *                             17 crc u32            35 maxTimestamp i64      53 baseSequence i32
 *                             21 attributes i16                              57 recordCount i32
 *                                                                            61 records
 *
 * `length` counts the bytes after itself. The checksum covers everything from the attributes on, so that base offset and
 * leader epoch can be written in place without it.
 */
const at = {
  baseOffset: 0,
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
} as const;

/** Bytes before the first record. */
export const batchHeaderBytes = 61;
/** Bytes before and with the length field, which counts what follows it. */
export const batchPrefixBytes = 12;
/** The only version of the format that is read or written. */
export const batchMagic = 2;

/** Kafka's numbers for compression, in the attributes' lowest three bits. */
export const compressionCodecs = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
export type Compression = (typeof compressionCodecs)[number];

const attribute = { codec: 0x07, logAppendTime: 0x08, transactional: 0x10, control: 0x20, deleteHorizon: 0x40 } as const;

/**
 * Reads and writes fields of one batch where it lies: nothing is copied, and nothing is checked but that the header is
 * there. `start` is where the batch begins in `bytes`. One view may be moved over many batches with `moveTo`.
 */
export class BatchView {
  bytes: Buffer;
  start: number;

  constructor(bytes: Buffer, start = 0) {
    this.bytes = bytes;
    this.start = start;
  }

  moveTo(start: number): this {
    this.start = start;
    return this;
  }

  get baseOffset(): Offset {
    return Offset(readInt64(this.bytes, this.start + at.baseOffset));
  }
  set baseOffset(offset: Offset) {
    writeInt64(this.bytes, this.start + at.baseOffset, offset);
  }

  /** Bytes of the whole batch as its length field says; a lie until checked. */
  get sizeBytes(): number {
    return this.bytes.readInt32BE(this.start + at.length) + batchPrefixBytes;
  }

  get leaderEpoch(): number {
    return this.bytes.readInt32BE(this.start + at.leaderEpoch);
  }
  set leaderEpoch(epoch: number) {
    this.bytes.writeInt32BE(epoch, this.start + at.leaderEpoch);
  }

  get magic(): number {
    return this.bytes.readInt8(this.start + at.magic);
  }

  get crc(): number {
    return this.bytes.readUInt32BE(this.start + at.crc);
  }

  get attributes(): number {
    return this.bytes.readInt16BE(this.start + at.attributes);
  }

  /** Undefined: a number that no codec has. */
  get compression(): Compression | undefined {
    return compressionCodecs[this.attributes & attribute.codec];
  }

  get isLogAppendTime(): boolean {
    return (this.attributes & attribute.logAppendTime) !== 0;
  }

  get isTransactional(): boolean {
    return (this.attributes & attribute.transactional) !== 0;
  }

  get isControl(): boolean {
    return (this.attributes & attribute.control) !== 0;
  }

  /** When its tombstones may go (KIP-534); the base timestamp's place holds it. Undefined: not set yet. */
  get deleteHorizonMs(): number | undefined {
    return (this.attributes & attribute.deleteHorizon) !== 0 ? this.baseTimestamp : undefined;
  }

  get lastOffsetDelta(): number {
    return this.bytes.readInt32BE(this.start + at.lastOffsetDelta);
  }

  get lastOffset(): Offset {
    return Offset(this.baseOffset + this.lastOffsetDelta);
  }

  get nextOffset(): Offset {
    return Offset(this.baseOffset + this.lastOffsetDelta + 1);
  }

  get baseTimestamp(): number {
    return readInt64(this.bytes, this.start + at.baseTimestamp);
  }

  get maxTimestamp(): number {
    return readInt64(this.bytes, this.start + at.maxTimestamp);
  }

  /** -1: the producer is not idempotent. */
  get producerId(): number {
    return readInt64(this.bytes, this.start + at.producerId);
  }

  get producerEpoch(): number {
    return this.bytes.readInt16BE(this.start + at.producerEpoch);
  }

  /** -1: none. */
  get baseSequence(): number {
    return this.bytes.readInt32BE(this.start + at.baseSequence);
  }

  /** The sequence of the last record; after 2^31 - 1 comes 0. */
  get lastSequence(): number {
    return this.baseSequence < 0 ? this.baseSequence : addSequence(this.baseSequence, this.lastOffsetDelta);
  }

  get recordCount(): number {
    return this.bytes.readInt32BE(this.start + at.recordCount);
  }

  /** What the checksum should be. The batch must be there whole. */
  computeCrc(): number {
    return crc32c(this.bytes.subarray(this.start + at.attributes, this.start + this.sizeBytes));
  }

  /** Marks the batch as stamped by the broker: every record has this timestamp. Writes the checksum anew. */
  stampLogAppendTime(timestampMs: number): void {
    this.bytes.writeInt16BE(this.attributes | attribute.logAppendTime, this.start + at.attributes);
    this.#writeMaxTimestamp(timestampMs);
  }

  /** Corrects the greatest timestamp and writes the checksum anew. */
  correctMaxTimestamp(timestampMs: number): void {
    this.#writeMaxTimestamp(timestampMs);
  }

  #writeMaxTimestamp(timestampMs: number): void {
    writeInt64(this.bytes, this.start + at.maxTimestamp, timestampMs);
    this.bytes.writeUInt32BE(this.computeCrc(), this.start + at.crc);
  }
}

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

/** Adds to a sequence: after 2^31 - 1 comes 0. */
export function addSequence(sequence: number, increment: number): number {
  return (sequence + increment) % 0x8000_0000;
}

/** A 64-bit integer as a double: exact up to 2^53 either way, rounded beyond. */
export function readInt64(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position) * 0x1_0000_0000 + bytes.readUInt32BE(position + 4);
}

/** Writes a whole number as 64 bits; what does not fit becomes the nearest that does. */
export function writeInt64(bytes: Buffer, position: number, value: number): void {
  if (value >= 2 ** 63) {
    bytes.writeUInt32BE(0x7fff_ffff, position);
    bytes.writeUInt32BE(0xffff_ffff, position + 4);
    return;
  }
  const bounded = Math.max(value, -(2 ** 63));
  const high = Math.floor(bounded / 0x1_0000_0000);
  bytes.writeInt32BE(high, position);
  bytes.writeUInt32BE(bounded - high * 0x1_0000_0000, position + 4);
}
