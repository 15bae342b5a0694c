import type { Offset } from "@millrace/vocabulary";

interface Ending {
  readonly endOffset: Offset;
  /** Bytes appended up to and with the batch that ends here. */
  readonly bytes: number;
}

/** Counts bytes as they become committed. Only its differences mean something. */
export class CommittedBytes {
  #appended = 0;
  #committed = 0;
  /** Batches that are not committed yet, ascending. */
  #open: Ending[] = [];

  get committed(): number {
    return this.#committed;
  }

  appended(endOffset: Offset, bytes: number): void {
    this.#appended += bytes;
    this.#open.push({ endOffset, bytes: this.#appended });
  }

  committedUpTo(highWatermark: Offset): void {
    let count = 0;
    while (count < this.#open.length && this.#open[count]!.endOffset <= highWatermark) count++;
    if (count === 0) return;
    this.#committed = this.#open[count - 1]!.bytes;
    this.#open.splice(0, count);
  }

  /** A new leadership begins: what was under way then is not counted. */
  restart(): void {
    this.#open = [];
    this.#committed = this.#appended;
  }
}
