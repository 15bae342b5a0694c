import { type Facts, MillraceError } from "@millrace/vocabulary";

/**
 * Protobuf's wire format, as much as framing by hand takes: a message is a row of fields, each a tag (number and wire type) as
 * a varint, then its value.
 */
const wireType = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

/** A tag of up to 5 bytes and a length of up to 5. */
const headBytesMax = 10;

/**
 * One field of bytes, or of an encoded message, in parts: tag and length, then the parts as they are. Protobuf lets the fields
 * of a message be encoded one after the other, so what a generated encoder wrote may stand beside it.
 */
export function delimitedField(number: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const head = Buffer.allocUnsafe(headBytesMax);
  const tagEnd = writeVarint(head, 0, (number << 3) | wireType.delimited);
  const end = writeVarint(head, tagEnd, bytesOf(parts));
  return [head.subarray(0, end), ...parts];
}

/** Bytes of all parts together. */
export function bytesOf(parts: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return bytes;
}

function writeVarint(into: Buffer, position: number, value: number): number {
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) into[position++] = (rest % 0x80) | 0x80;
  into[position++] = rest;
  return position;
}

/**
 * The values of a delimited field, wherever it occurs in a message, as slices. What stands inside of them is not looked at.
 * Throws INVALID_REQUEST where the framing is broken.
 */
export function* delimitedFields(bytes: Buffer, number: number): Generator<Buffer> {
  const cursor = { bytes, position: 0 };
  while (cursor.position < bytes.length) {
    const tag = readVarint(cursor);
    const value = readValue(cursor, tag & 7);
    if (tag >>> 3 === number && (tag & 7) === wireType.delimited) yield value;
  }
}

interface WireCursor {
  readonly bytes: Buffer;
  position: number;
}

/** Moves past a value; of a delimited one, returns the bytes. Groups, which protobuf gave up, count as broken. */
function readValue(cursor: WireCursor, type: number): Buffer {
  switch (type) {
    case wireType.varint:
      skipVarint(cursor);
      return none;
    case wireType.delimited:
      return take(cursor, readVarint(cursor));
    case wireType.fixed32:
      return take(cursor, 4);
    case wireType.fixed64:
      return take(cursor, 8);
    default:
      throw broken(cursor, { wireType: type });
  }
}

const none = Buffer.alloc(0);

function take(cursor: WireCursor, length: number): Buffer {
  const from = cursor.position;
  if (length > cursor.bytes.length - from) throw broken(cursor, { lengthBytes: length });
  cursor.position += length;
  return cursor.bytes.subarray(from, cursor.position);
}

/** A varint of up to 32 bits: tags and lengths. */
function readVarint(cursor: WireCursor): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = byteAt(cursor);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (shift === 28 && byte > 0x0f) break;
      return value >>> 0;
    }
  }
  throw broken(cursor, { varintBitsMax: 32 });
}

function skipVarint(cursor: WireCursor): void {
  for (let length = 1; length <= 10; length++) if (byteAt(cursor) < 0x80) return;
  throw broken(cursor, { varintBitsMax: 64 });
}

function byteAt(cursor: WireCursor): number {
  if (cursor.position >= cursor.bytes.length) throw broken(cursor, {});
  return cursor.bytes[cursor.position++]!;
}

function broken({ position, bytes }: WireCursor, fault: Facts): MillraceError {
  return new MillraceError("INVALID_REQUEST", { ...fault, position, sizeBytes: bytes.length });
}
