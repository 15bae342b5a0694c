import { MillraceError } from "@millrace/vocabulary";

/** Reads and writes the variable-length integers of records (protobuf's, zigzag), one after the other. */
export class VarintCursor {
  bytes: Buffer;
  position: number;
  /** Nothing is read at or past it. */
  end: number;

  constructor(bytes: Buffer, position = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** A zigzag integer of up to 32 bits, in at most 5 bytes; CORRUPT_MESSAGE where there is none. */
  readVarint(): number {
    const raw = this.readUnsigned();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** An unsigned integer of up to 32 bits, in at most 5 bytes. */
  readUnsigned(): number {
    const { bytes } = this;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.position >= this.end) throw new MillraceError("CORRUPT_MESSAGE", { varintAt: this.position, end: this.end });
      const byte = bytes[this.position++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (shift === 28 && byte > 0x0f) break;
        return value >>> 0;
      }
    }
    throw new MillraceError("CORRUPT_MESSAGE", { varintAt: this.position, bitsMax: 32 });
  }

  /** A zigzag integer of up to 64 bits, in at most 10 bytes, as a double. */
  readVarlong(): number {
    let low = 0;
    let high = 0;
    for (let index = 0; index < 10; index++) {
      if (this.position >= this.end) throw new MillraceError("CORRUPT_MESSAGE", { varlongAt: this.position, end: this.end });
      const byte = this.bytes[this.position++]!;
      const part = byte & 0x7f;
      const shift = index * 7;
      if (shift < 28) low |= part << shift;
      else if (shift === 28) {
        low |= part << 28;
        high |= part >>> 4;
      } else high |= part << (shift - 32);
      if (byte < 0x80) {
        if (index === 9 && byte > 1) break;
        return unzigzag(low >>> 0, high >>> 0);
      }
    }
    throw new MillraceError("CORRUPT_MESSAGE", { varlongAt: this.position, bitsMax: 64 });
  }

  /** Writes a zigzag integer of 32 bits; the room must be there. */
  writeVarint(value: number): void {
    let raw = ((value << 1) ^ (value >> 31)) >>> 0;
    while (raw >= 0x80) {
      this.bytes[this.position++] = (raw & 0x7f) | 0x80;
      raw >>>= 7;
    }
    this.bytes[this.position++] = raw;
  }

  /** Writes a zigzag integer of 64 bits; the room must be there. */
  writeVarlong(value: number): void {
    if (value >= -0x8000_0000 && value <= 0x7fff_ffff) return this.writeVarint(value);
    let raw = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
    while (raw >= 0x80n) {
      this.bytes[this.position++] = Number(raw & 0x7fn) | 0x80;
      raw >>= 7n;
    }
    this.bytes[this.position++] = Number(raw);
  }
}

function unzigzag(low: number, high: number): number {
  const magnitude = (high >>> 1) * 0x1_0000_0000 + (((low >>> 1) | (high << 31)) >>> 0);
  return low & 1 ? -magnitude - 1 : magnitude;
}

/** Bytes that `writeVarint` takes. */
export function varintBytes(value: number): number {
  const raw = ((value << 1) ^ (value >> 31)) >>> 0;
  if (raw < 0x80) return 1;
  if (raw < 0x4000) return 2;
  if (raw < 0x20_0000) return 3;
  return raw < 0x1000_0000 ? 4 : 5;
}

/** Bytes that `writeVarlong` takes. */
export function varlongBytes(value: number): number {
  if (value >= -0x8000_0000 && value <= 0x7fff_ffff) return varintBytes(value);
  const magnitude = value < 0 ? -(value + 1) : value;
  return Math.min(10, Math.ceil((Math.floor(Math.log2(magnitude)) + 2) / 7));
}
