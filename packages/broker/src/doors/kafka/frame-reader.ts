import { MillraceError } from "@millrace/vocabulary";

/** Bytes of the length field before each frame. */
const prefixBytes = 4;

/**
 * Cuts a byte stream into frames: four bytes of length, then so many bytes. A frame that lies in one chunk is a slice of it; one that
 * lies in several is put together once, when its last byte is there. Nothing is allocated by the length that a client claims.
 */
export class FrameReader {
  readonly #frameBytesMax: () => number;
  #chunks: Buffer[] = [];
  #heldBytes = 0;
  /** Bytes that must be there before there is something to cut. */
  #wantedBytes = prefixBytes;

  /** @param frameBytesMax the largest frame, read for each since it may be changed while running */
  constructor(frameBytesMax: () => number) {
    this.#frameBytesMax = frameBytesMax;
  }

  /** Bytes of the frame that has begun. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Takes a chunk and hands over every frame that is complete. INVALID_REQUEST for a length that is negative or too large. */
  add(chunk: Buffer, take: (frame: Buffer) => void): void {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes < this.#wantedBytes) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#heldBytes);
    const rest = bytes.subarray(this.#cut(bytes, take));
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#heldBytes = rest.length;
  }

  /** Where what is left over begins. */
  #cut(bytes: Buffer, take: (frame: Buffer) => void): number {
    let position = 0;
    for (;;) {
      this.#wantedBytes = prefixBytes;
      if (bytes.length - position < prefixBytes) return position;
      const length = this.#lengthAt(bytes, position);
      this.#wantedBytes = prefixBytes + length;
      if (bytes.length - position < this.#wantedBytes) return position;
      take(bytes.subarray(position + prefixBytes, position + this.#wantedBytes));
      position += this.#wantedBytes;
    }
  }

  #lengthAt(bytes: Buffer, position: number): number {
    const length = bytes.readInt32BE(position);
    const bytesMax = this.#frameBytesMax();
    if (length < 0 || length > bytesMax) throw new MillraceError("INVALID_REQUEST", { frameBytes: length, bytesMax });
    return length;
  }
}
