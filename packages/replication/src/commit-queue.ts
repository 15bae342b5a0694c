import type { MillraceError, Offset } from "@millrace/vocabulary";

/** Called once: without an error when everything below the offset waited for is committed. */
export type Committed = (error: MillraceError | undefined) => void;

interface Waiting {
  readonly offset: Offset;
  settle: Committed | undefined;
}

/** Below this many settled entries the queue is not moved together. */
const compactFrom = 1024;

/**
 * Acknowledgements that wait for the high watermark. Appends get rising offsets, so they wait in order and the front is
 * always the next; a cursor walks over them instead of shifting an array.
 */
export class CommitQueue {
  #entries: Waiting[] = [];
  #front = 0;

  get length(): number {
    return this.#entries.length - this.#front;
  }

  /** Waits until the high watermark is at or past `offset`. The function returned gives up waiting. */
  wait(offset: Offset, settle: Committed): () => void {
    const entry: Waiting = { offset, settle };
    let place = this.#entries.length;
    while (place > this.#front && this.#entries[place - 1]!.offset > offset) place--;
    if (place === this.#entries.length) this.#entries.push(entry);
    else this.#entries.splice(place, 0, entry);
    return () => {
      entry.settle = undefined;
    };
  }

  /** Settles everything that waited for this high watermark or less. */
  advance(highWatermark: Offset): void {
    const entries = this.#entries;
    while (this.#front < entries.length && entries[this.#front]!.offset <= highWatermark) entries[this.#front++]!.settle?.(undefined);
    if (this.#front === entries.length) this.#entries = [];
    else if (this.#front >= compactFrom) this.#entries = entries.slice(this.#front);
    else return;
    this.#front = 0;
  }

  /** Settles everything with an error: the partition is not led here any more, or its log has failed. */
  fail(error: MillraceError): void {
    const waiting = this.#entries.slice(this.#front);
    this.#entries = [];
    this.#front = 0;
    for (const { settle } of waiting) settle?.(error);
  }
}
