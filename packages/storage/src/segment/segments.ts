import { assert } from "@millrace/vocabulary";
import type { Segment } from "./segment.ts";

/** The segments of a log, ascending, never none. The last one is active. */
export class Segments {
  #all: Segment[];
  #revision = 0;

  constructor(all: Segment[]) {
    assert(all.length > 0, "a log has at least one segment");
    this.#all = all;
  }

  get all(): readonly Segment[] {
    return this.#all;
  }

  /** Rises when segments are taken out or replaced: what was read of them meanwhile may have failed for that alone. */
  get revision(): number {
    return this.#revision;
  }

  get first(): Segment {
    return this.#all[0]!;
  }

  get active(): Segment {
    return this.#all[this.#all.length - 1]!;
  }

  /** Bytes of everything that is written. */
  get sizeBytes(): number {
    let sum = 0;
    for (const segment of this.#all) sum += segment.sizeBytes;
    return sum;
  }

  /** The number of the segment whose range holds `offset`; the first one for an offset before all. */
  numberOf(offset: number): number {
    let [low, high] = [0, this.#all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#all[middle]!.baseOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  at(number: number): Segment | undefined {
    return this.#all[number];
  }

  /** Where the range of a segment ends, which is where the next one begins; the active one has no end yet. */
  endOf(number: number): number {
    return this.#all[number + 1]?.baseOffset ?? Infinity;
  }

  push(segment: Segment): void {
    assert(segment.baseOffset > this.active.baseOffset || this.active.nextPosition === 0, "segments ascend", {
      baseOffset: segment.baseOffset,
      active: this.active.baseOffset,
    });
    this.#all.push(segment);
  }

  /** Takes the first `count` segments out; the active one stays. */
  takeFirst(count: number): Segment[] {
    assert(count < this.#all.length, "the active segment stays", { count, segments: this.#all.length });
    return this.#taken(this.#all.splice(0, count));
  }

  /** Takes every segment out that begins past the one that holds `offset`. */
  takeAfter(offset: number): Segment[] {
    return this.#taken(this.#all.splice(this.numberOf(offset) + 1));
  }

  /** Puts one segment in the place of some that follow one another. */
  replace(sources: readonly Segment[], by: Segment): void {
    const from = this.#all.indexOf(sources[0]!);
    const isWhole = from >= 0 && sources.every((source, index) => this.#all[from + index] === source);
    assert(isWhole, "replaced segments are part of the log and follow one another", { baseOffset: by.baseOffset });
    this.#taken(this.#all.splice(from, sources.length, by));
  }

  /** Puts another reading of the active segment in its place. */
  restartActive(segment: Segment): void {
    this.#all[this.#all.length - 1] = segment;
  }

  /** Begins anew with one segment. */
  restart(segment: Segment): Segment[] {
    return this.#taken(this.#all.splice(0, this.#all.length, segment));
  }

  includesAll(segments: readonly Segment[]): boolean {
    return segments.every((segment) => this.#all.includes(segment));
  }

  #taken(segments: Segment[]): Segment[] {
    this.#revision++;
    return segments;
  }
}
