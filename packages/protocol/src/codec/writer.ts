import { assert, MillraceError, uuidToBytes } from "@millrace/vocabulary";
import { writeInt64 } from "@millrace/records";
import { stringBytesMax } from "./reader.ts";

/** A message in parts that are sent one after the other, so that payloads need not be copied together. */
export interface Encoded {
  readonly parts: readonly Buffer[];
  /** All parts together. */
  readonly bytes: number;
}

/** Most answers are smaller; what is larger doubles from here. */
const chunkBytesFirst = 256;
/** Larger chunks would only waste more of the last one. */
const chunkBytesMax = 64 * 1024;

/**
 * Writes the types of Kafka's protocol, one after the other: small values into chunks of memory of its own, records by
 * reference.
 *
 *     parts    [chunk 1 ···][records][chunk 1 ···|chunk 2 ···]
 */
export class Writer {
  readonly #parts: Buffer[] = [];
  #partsBytes = 0;
  #chunk: Buffer;
  /** Where in the chunk the part begins that is being written. */
  #partStart = 0;
  #position = 0;

  constructor(chunkBytes: number = chunkBytesFirst) {
    this.#chunk = Buffer.allocUnsafe(chunkBytes);
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#partsBytes + this.#position - this.#partStart;
  }

  /** Ends the writing. The parts must be neither changed nor written to again. */
  finish(): Encoded {
    this.#cut();
    return { parts: this.#parts, bytes: this.#partsBytes };
  }

  bool(value: boolean): void {
    this.#octet(value ? 1 : 0);
  }

  int8(value: number): void {
    if ((value << 24) >> 24 !== value) outOfRange(value, 8);
    this.#octet(value);
  }

  int16(value: number): void {
    if ((value << 16) >> 16 !== value) outOfRange(value, 16);
    const at = this.#room(2);
    this.#chunk[at] = value >> 8;
    this.#chunk[at + 1] = value;
  }

  uint16(value: number): void {
    if ((value & 0xffff) !== value) outOfRange(value, 16);
    const at = this.#room(2);
    this.#chunk[at] = value >> 8;
    this.#chunk[at + 1] = value;
  }

  int32(value: number): void {
    if ((value | 0) !== value) outOfRange(value, 32);
    const at = this.#room(4);
    this.#chunk[at] = value >> 24;
    this.#chunk[at + 1] = value >> 16;
    this.#chunk[at + 2] = value >> 8;
    this.#chunk[at + 3] = value;
  }

  int64(value: number): void {
    const at = this.#room(8);
    writeInt64(this.#chunk, at, value);
  }

  uuid(value: string): void {
    const bytes = uuidToBytes(value);
    assert(bytes.length === 16, "a UUID has 16 bytes", { uuid: value });
    this.#append(bytes);
  }

  unsigned(value: number): void {
    let at = this.#room(5);
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.#chunk[at++] = (rest & 0x7f) | 0x80;
    this.#chunk[at++] = rest;
    this.#position = at;
  }

  string(value: string): void {
    const length = textBytes(value);
    this.int16(length);
    this.#text(value, length);
  }

  nullableString(value: string | null): void {
    if (value === null) this.int16(-1);
    else this.string(value);
  }

  compactString(value: string): void {
    const length = textBytes(value);
    this.unsigned(length + 1);
    this.#text(value, length);
  }

  compactNullableString(value: string | null): void {
    if (value === null) this.unsigned(0);
    else this.compactString(value);
  }

  byteSlice(value: Uint8Array): void {
    this.int32(value.length);
    this.#append(value);
  }

  nullableByteSlice(value: Uint8Array | null): void {
    if (value === null) this.int32(-1);
    else this.byteSlice(value);
  }

  compactByteSlice(value: Uint8Array): void {
    this.unsigned(value.length + 1);
    this.#append(value);
  }

  compactNullableByteSlice(value: Uint8Array | null): void {
    if (value === null) this.unsigned(0);
    else this.compactByteSlice(value);
  }

  records(value: Buffer | readonly Buffer[]): void {
    this.int32(payloadBytes(value));
    this.#refer(value);
  }

  nullableRecords(value: Buffer | readonly Buffer[] | null): void {
    if (value === null) this.int32(-1);
    else this.records(value);
  }

  compactRecords(value: Buffer | readonly Buffer[]): void {
    this.unsigned(payloadBytes(value) + 1);
    this.#refer(value);
  }

  compactNullableRecords(value: Buffer | readonly Buffer[] | null): void {
    if (value === null) this.unsigned(0);
    else this.compactRecords(value);
  }

  count(value: number): void {
    this.int32(value);
  }

  compactCount(value: number): void {
    this.unsigned(value + 1);
  }

  /** Writes a tagged field, whose bytes were written by a writer of their own. */
  tag(tag: number, payload: Writer): void {
    const { parts, bytes } = payload.finish();
    this.unsigned(tag);
    this.unsigned(bytes);
    for (const part of parts) this.#append(part);
  }

  #octet(value: number): void {
    const at = this.#room(1); // before #chunk is looked at, which it may replace
    this.#chunk[at] = value;
  }

  #text(value: string, length: number): void {
    const at = this.#room(length);
    this.#chunk.write(value, at, length, length === value.length ? "latin1" : "utf8");
  }

  #append(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#chunk.set(bytes, at);
  }

  #refer(payload: Buffer | readonly Buffer[]): void {
    this.#cut();
    if (Buffer.isBuffer(payload)) this.#push(payload);
    else for (const part of payload) this.#push(part);
  }

  #push(part: Buffer): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#partsBytes += part.length;
  }

  /** Makes what was written last a part. */
  #cut(): void {
    this.#push(this.#chunk.subarray(this.#partStart, this.#position));
    this.#partStart = this.#position;
  }

  /** Takes `bytes` of the chunk, or of a new one, and says where. */
  #room(bytes: number): number {
    if (bytes > this.#chunk.length - this.#position) this.#nextChunk(bytes);
    const at = this.#position;
    this.#position = at + bytes;
    return at;
  }

  #nextChunk(bytesMin: number): void {
    this.#cut();
    this.#chunk = Buffer.allocUnsafe(Math.max(bytesMin, Math.min(this.#chunk.length * 2, chunkBytesMax)));
    this.#partStart = 0;
    this.#position = 0;
  }
}

function textBytes(text: string): number {
  const bytes = Buffer.byteLength(text);
  if (bytes > stringBytesMax) throw new MillraceError("INVALID_REQUEST", { stringBytes: bytes, stringBytesMax });
  return bytes;
}

function payloadBytes(payload: Buffer | readonly Buffer[]): number {
  if (Buffer.isBuffer(payload)) return payload.length;
  let bytes = 0;
  for (const part of payload) bytes += part.length;
  return bytes;
}

function outOfRange(value: number, bits: number): never {
  assert(false, "a number fits its field", { value, bits });
}
