import type { Segment } from "../segment/segment.ts";

/** Where a batch with some offset begins in a segment, as a reader found it. */
interface ReadMark {
  readonly offset: number;
  readonly segment: Segment;
  readonly position: number;
}

/** Readers of one log that are remembered: a few groups and a follower that catch up at once. */
const marksMax = 8;

/** Where readers of a log stopped, so that they go on there without asking the index. */
export class ReadMarks {
  #marks: ReadMark[] = [];

  /** Where the batch lies that the reader at `offset` wants next, in this segment. */
  find(offset: number, segment: Segment): number | undefined {
    return this.#marks.find((mark) => mark.offset === offset && mark.segment === segment)?.position;
  }

  /** Whether a reader has stopped there. */
  has(offset: number): boolean {
    return this.#marks.some((mark) => mark.offset === offset);
  }

  note(offset: number, segment: Segment, position: number): void {
    if (this.find(offset, segment) !== undefined) return;
    if (this.#marks.length === marksMax) this.#marks.shift();
    this.#marks.push({ offset, segment, position });
  }

  /** The log has been cut or replaced in part. */
  clear(): void {
    this.#marks = [];
  }
}
