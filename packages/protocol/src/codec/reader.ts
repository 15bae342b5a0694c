import { MiB, MillraceError, type Uuid, uuidFromBytes } from "@millrace/vocabulary";

/**
 * What one message may take of the heap once it is decoded, beside the frame itself: arrays of many small elements would
 * otherwise turn a frame into fifty times its size. The largest honest message is Metadata of 100,000 partitions, 28 MB.
 */
export const heapBytesMax: number = 64 * MiB;

/** Kafka's bound for texts, in bytes of UTF-8, whatever their length field could say. */
export const stringBytesMax = 0x7fff;

/**
 * Reads the types of Kafka's protocol, one after the other. Nothing is believed: lengths are held against the bytes that
 * are there, counts against the least that so many elements take and against a budget of memory, before anything is
 * allocated. Whatever does not hold throws INVALID_REQUEST with the position.
 */
export class Reader {
  readonly bytes: Buffer;
  position: number;
  /** Nothing is read at or past it. */
  end: number;
  #heapBytesLeft: number;

  constructor(bytes: Buffer, position = 0, end: number = bytes.length, heapBytes: number = heapBytesMax) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.#heapBytesLeft = heapBytes;
  }

  bool(): boolean {
    return this.bytes[this.#take(1)] !== 0;
  }

  int8(): number {
    return (this.bytes[this.#take(1)]! << 24) >> 24;
  }

  int16(): number {
    const at = this.#take(2);
    return (((this.bytes[at]! << 8) | this.bytes[at + 1]!) << 16) >> 16;
  }

  uint16(): number {
    const at = this.#take(2);
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }

  int32(): number {
    return this.#int32At(this.#take(4));
  }

  int64(): number {
    const at = this.#take(8);
    return this.#int32At(at) * 0x1_0000_0000 + (this.#int32At(at + 4) >>> 0);
  }

  uuid(): Uuid {
    const at = this.#take(16);
    return uuidFromBytes(this.bytes.subarray(at, at + 16));
  }

  /** An unsigned integer of up to 32 bits, in at most 5 bytes. */
  unsigned(): number {
    const first = this.bytes[this.#take(1)]!;
    return first < 0x80 ? first : this.#unsignedFrom(first & 0x7f);
  }

  string(): string {
    return this.#text(this.int16());
  }

  nullableString(): string | null {
    const length = this.int16();
    return length === -1 ? null : this.#text(length);
  }

  compactString(): string {
    return this.#text(this.unsigned() - 1);
  }

  compactNullableString(): string | null {
    const length = this.unsigned() - 1;
    return length === -1 ? null : this.#text(length);
  }

  byteSlice(): Buffer {
    return this.#slice(this.int32());
  }

  nullableByteSlice(): Buffer | null {
    const length = this.int32();
    return length === -1 ? null : this.#slice(length);
  }

  compactByteSlice(): Buffer {
    return this.#slice(this.unsigned() - 1);
  }

  compactNullableByteSlice(): Buffer | null {
    const length = this.unsigned() - 1;
    return length === -1 ? null : this.#slice(length);
  }

  /** The count of an array whose elements take `bytesMin` or more each, and `heapBytes` once decoded. -1: null. */
  count(bytesMin: number, heapBytes: number): number {
    return this.#checkedCount(this.int32(), bytesMin, heapBytes);
  }

  compactCount(bytesMin: number, heapBytes: number): number {
    return this.#checkedCount(this.unsigned() - 1, bytesMin, heapBytes);
  }

  /** Whether a struct follows, where it could be null. */
  isThere(): boolean {
    return this.int8() >= 0;
  }

  /** How many tagged fields follow. */
  tagCount(): number {
    // A tagged field takes two bytes or more: its number and its length.
    return this.#checkedCount(this.unsigned(), 2, 0);
  }

  /** Reads the length of a tagged field and bounds what follows by it; gives the bound to restore. */
  enterTag(): number {
    const outer = this.end;
    const length = this.unsigned();
    if (length > outer - this.position) this.#refuse("length", length);
    this.end = this.position + length;
    return outer;
  }

  /** Leaves a tagged field, which must have been read to its end. */
  leaveTag(outer: number): void {
    if (this.position !== this.end) this.#refuse("tagEndsAt", this.end);
    this.end = outer;
  }

  /** Passes over a tagged field whose number means nothing here. */
  skipTag(): void {
    this.skip(this.unsigned());
  }

  /** Passes over a whole section of tagged fields. */
  skipTags(): void {
    for (let tags = this.tagCount(); tags > 0; tags--) {
      this.unsigned();
      this.skipTag();
    }
  }

  /** Passes over bytes. */
  skip(bytes: number): void {
    this.#takeLength(bytes);
  }

  /** Refuses null where the version does not allow it. */
  refuseNull(): never {
    return this.#refuse("null", null);
  }

  /** What was read must have been all there is. */
  expectEnd(): void {
    if (this.position !== this.end) this.#refuse("endsAt", this.position);
  }

  #checkedCount(count: number, bytesMin: number, heapBytes: number): number {
    if (count > 0) {
      if (count * bytesMin > this.end - this.position) this.#refuse("count", count);
      this.#heapBytesLeft -= count * heapBytes;
      if (this.#heapBytesLeft < 0) this.#refuse("heapBytes", count * heapBytes);
    } else if (count < -1) this.#refuse("count", count);
    return count;
  }

  #int32At(at: number): number {
    const { bytes } = this;
    return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }

  #unsignedFrom(lowest: number): number {
    let value = lowest;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = this.bytes[this.#take(1)]!;
      value |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      if (shift === 28 && byte > 0x0f) break;
      return value >>> 0;
    }
    return this.#refuse("varintBitsMax", 32);
  }

  #text(length: number): string {
    if (length > stringBytesMax) this.#refuse("stringBytes", length);
    const from = this.#takeLength(length);
    return this.bytes.toString("utf8", from, this.position);
  }

  #slice(length: number): Buffer {
    const from = this.#takeLength(length);
    return this.bytes.subarray(from, this.position);
  }

  #takeLength(length: number): number {
    if (length < 0) this.#refuse("length", length);
    return this.#take(length);
  }

  #take(bytes: number): number {
    const at = this.position;
    if (bytes > this.end - at) this.#refuse("bytes", bytes);
    this.position = at + bytes;
    return at;
  }

  #refuse(what: string, wanted: number | null): never {
    throw new MillraceError("INVALID_REQUEST", { [what]: wanted, position: this.position, available: this.end - this.position });
  }
}
