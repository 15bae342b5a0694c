import { MillraceError } from "@millrace/vocabulary";

/** Bytes of the length field before each frame. */
const prefixBytes = 4;
/** What is held pins at most so many times its own size. */
const leanShare = 4;

/**
 * Cuts a byte stream into frames: four bytes of length, then so many bytes. A frame that lies in one chunk is a slice of it; one that
 * lies in several is put together once, alone, when its last byte is there. Nothing is allocated by the length that a client claims.
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
    const used = this.#heldBytes === 0 ? 0 : this.#complete(chunk, take);
    if (this.#heldBytes > 0) return;
    const rest = this.#cut(chunk, used, take);
    if (rest < chunk.length) this.#hold(lean(chunk.subarray(rest), chunk.length));
  }

  #hold(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#heldBytes += bytes.length;
  }

  /** Gives a frame that has begun what it lacks, as far as the chunk has it. Returns how much that was. */
  #complete(chunk: Buffer, take: (frame: Buffer) => void): number {
    let used = 0;
    for (;;) {
      const part = chunk.subarray(used, used + this.#wantedBytes - this.#heldBytes);
      this.#hold(part);
      used += part.length;
      if (this.#heldBytes < this.#wantedBytes) return used;
      const bytes = Buffer.concat(this.#chunks, this.#heldBytes);
      if (bytes.length === prefixBytes) {
        this.#chunks = [bytes];
        this.#wantedBytes = prefixBytes + this.#lengthAt(bytes, 0);
        if (this.#wantedBytes > prefixBytes) continue;
      }
      this.#chunks = [];
      this.#heldBytes = 0;
      this.#wantedBytes = prefixBytes;
      take(bytes.subarray(prefixBytes));
      return used;
    }
  }

  /** Hands over the frames that lie in the chunk from a position on, and returns where what is left over begins. */
  #cut(chunk: Buffer, from: number, take: (frame: Buffer) => void): number {
    let position = from;
    while (chunk.length - position >= prefixBytes) {
      const frameAt = position + prefixBytes;
      const end = frameAt + this.#lengthAt(chunk, position);
      if (chunk.length < end) {
        this.#wantedBytes = end - position;
        return position;
      }
      take(chunk.subarray(frameAt, end));
      position = end;
    }
    this.#wantedBytes = prefixBytes;
    return position;
  }

  #lengthAt(bytes: Buffer, position: number): number {
    const length = bytes.readInt32BE(position);
    const bytesMax = this.#frameBytesMax();
    if (length < 0 || length > bytesMax) throw new MillraceError("INVALID_REQUEST", { frameBytes: length, bytesMax });
    return length;
  }
}

/** What a small rest of a chunk would pin is more than it is worth: it is copied. */
function lean(rest: Buffer, chunkBytes: number): Buffer {
  if (rest.length * leanShare >= chunkBytes) return rest;
  const copy = Buffer.allocUnsafeSlow(rest.length);
  rest.copy(copy);
  return copy;
}
