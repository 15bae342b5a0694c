import { frameLengthBytes } from "@millrace/protocol";

/** Cuts a stream of bytes into frames. What comes after the last whole frame is held until the rest of it is there. */
export class FrameCutter {
  #held: Buffer[] = [];
  #heldBytes = 0;
  #wantedBytes = frameLengthBytes;

  /** Takes a chunk and hands over each whole frame, without its length; a slice of the chunk where it lies in one. */
  add(chunk: Buffer, take: (frame: Buffer) => void): void {
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes < this.#wantedBytes) return;
    const bytes = this.#held.length === 1 ? chunk : Buffer.concat(this.#held, this.#heldBytes);
    const rest = bytes.subarray(this.#cut(bytes, take));
    this.#held = rest.length > 0 ? [rest] : [];
    this.#heldBytes = rest.length;
  }

  /** Where the frame begins that is not whole. */
  #cut(bytes: Buffer, take: (frame: Buffer) => void): number {
    let from = 0;
    for (;;) {
      const left = bytes.length - from;
      this.#wantedBytes = frameLengthBytes + (left < frameLengthBytes ? 0 : bytes.readInt32BE(from));
      if (left < frameLengthBytes || left < this.#wantedBytes) return from;
      take(bytes.subarray(from + frameLengthBytes, from + this.#wantedBytes));
      from += this.#wantedBytes;
    }
  }
}
