import { MillraceError } from "@millrace/vocabulary";

/**
 * Memory that a decompressor fills: it grows with what is written, never by what somebody declares, and ends at
 * `bytesMax`.
 */
export class Output {
  bytes: Buffer;
  /** Bytes written. */
  length = 0;
  readonly bytesMax: number;

  constructor(bytesMax: number, bytesExpected: number) {
    this.bytesMax = bytesMax;
    this.bytes = Buffer.allocUnsafe(Math.min(bytesMax, bytesExpected));
  }

  /** Makes sure that there is room for so many bytes more. MESSAGE_TOO_LARGE where they would go past `bytesMax`. */
  reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed > this.bytesMax) throw tooLarge(needed, this.bytesMax);
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.min(this.bytesMax, Math.max(needed, this.bytes.length * 2)));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** The error of a batch that is larger, once decompressed, than its reader allows. */
export function tooLarge(bytes: number, bytesMax: number): MillraceError {
  return new MillraceError("MESSAGE_TOO_LARGE", { decompressedBytes: bytes, decompressedBytesMax: bytesMax });
}

/** The error of bytes that no compressor has written. */
export function corrupt(facts: Readonly<Record<string, unknown>>): MillraceError {
  return new MillraceError("CORRUPT_MESSAGE", facts);
}
