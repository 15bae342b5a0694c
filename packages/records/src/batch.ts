import { Offset } from "@millrace/vocabulary";
import { at, attribute, batchPrefixBytes, type Compression, compressionCodecs } from "./batch-layout.ts";
import { crc32c } from "./crc32c.ts";
import { readInt64, writeInt64 } from "./int64.ts";

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

  /** The format's version; only `batchMagic` is read here. */
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

  /** Milliseconds since 1970 that the records' deltas count from; or the delete horizon. */
  get baseTimestamp(): number {
    return readInt64(this.bytes, this.start + at.baseTimestamp);
  }

  /** Milliseconds since 1970. With `isLogAppendTime` every record's; otherwise what the producer says. */
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
    this.correctMaxTimestamp(timestampMs);
  }

  /** Corrects the greatest timestamp and writes the checksum anew. */
  correctMaxTimestamp(timestampMs: number): void {
    writeInt64(this.bytes, this.start + at.maxTimestamp, timestampMs);
    this.bytes.writeUInt32BE(this.computeCrc(), this.start + at.crc);
  }
}

/** Adds to a sequence: after 2^31 - 1 comes 0. */
export function addSequence(sequence: number, increment: number): number {
  return (sequence + increment) % 0x8000_0000;
}
