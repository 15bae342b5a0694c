/** Cuts a stream of bytes into frames: a length of four bytes, and so many bytes. */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are complete with these bytes, without their lengths. */
  push(bytes: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const frames: Buffer[] = [];
    while (this.#rest.length >= 4 && this.#rest.length >= 4 + this.#rest.readInt32BE()) {
      const end = 4 + this.#rest.readInt32BE();
      frames.push(this.#rest.subarray(4, end));
      this.#rest = this.#rest.subarray(end);
    }
    return frames;
  }
}

export function withLength(frame: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(frame.length);
  return Buffer.concat([length, frame]);
}
