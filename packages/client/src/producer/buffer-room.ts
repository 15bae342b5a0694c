import { MillraceError } from "@millrace/vocabulary";
import { Fifo } from "../fifo.ts";

/** Memory for records on their way: taken before they are encoded, given back when they are settled. */
export class BufferRoom {
  readonly #bytesMax: number;
  readonly #waiting = new Fifo<{ readonly bytes: number; readonly enter: () => void; readonly refuse: (error: MillraceError) => void }>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Takes room, unless there is none, or others wait for it. What is larger than all of it goes when nothing else is there. */
  take(bytes: number): boolean {
    if (this.#waiting.size > 0 || !this.#fits(bytes)) return false;
    this.#bytes += bytes;
    return true;
  }

  /** Takes room as soon as there is some, in the order of the calls. Rejects when the room closes before. */
  wait(bytes: number): Promise<void> {
    if (this.take(bytes)) return Promise.resolve();
    return new Promise((enter, refuse) => void this.#waiting.push({ bytes, enter, refuse }));
  }

  /** Why there is no room for `bytes`. */
  full(bytes: number): MillraceError {
    return new MillraceError("BUFFER_FULL", { bytes, bufferedBytes: this.#bytes, bufferBytesMax: this.#bytesMax });
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
    for (let next = this.#waiting.first; next !== undefined && this.#fits(next.bytes); next = this.#waiting.first) {
      this.#waiting.shift();
      this.#bytes += next.bytes;
      next.enter();
    }
  }

  close(error: MillraceError): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) next.refuse(error);
  }

  #fits(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#bytesMax;
  }
}
