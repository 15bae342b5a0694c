import type { LogRead, ReadOptions } from "../log-contract.ts";
import { MiB, type Offset } from "@millrace/vocabulary";
import type { Tails } from "./tails.ts";

/** One batch in memory: a link in the order of its log, and in that of all logs. */
export interface TailBatch {
  readonly tail: Tail;
  readonly bytes: Buffer;
  readonly baseOffset: Offset;
  readonly nextOffset: Offset;
  older: TailBatch | undefined;
  newer: TailBatch | undefined;
}

/**
 * What a tail keeps that nobody reads. More is memory for nothing: a broker that only takes records peaks at 202 MiB with this, at 257
 * without (`npm run bench -- produce`).
 */
const unreadBytesMax: number = 2 * MiB;

/** Dropped batches at the front of the list before it is moved together. */
const compactFrom = 64;

/**
 * The newest batches of one log, in memory: what live consumers and followers read. They follow one another without a
 * gap up to the log's next offset, so that whoever begins in the tail stays in it.
 */
export class Tail {
  readonly #tails: Tails;
  /** Where the log's written part ends. */
  readonly #logEnd: () => Offset;
  /** What has been dropped at the front leaves undefined behind, so that its memory goes at once. */
  #batches: (TailBatch | undefined)[] = [];
  #front = 0;
  #bytes = 0;
  /** Taken in since somebody last read here, or tried to. */
  #unreadBytes = 0;

  constructor(tails: Tails, logEnd: () => Offset) {
    this.#tails = tails;
    this.#logEnd = logEnd;
  }

  /** Where the tail begins; undefined while it is empty. */
  get firstOffset(): Offset | undefined {
    return this.#batches[this.#front]?.baseOffset;
  }

  add(bytes: Buffer, baseOffset: Offset, nextOffset: Offset): void {
    const batch: TailBatch = { tail: this, bytes, baseOffset, nextOffset, older: undefined, newer: undefined };
    this.#batches.push(batch);
    this.#bytes += bytes.length;
    this.#unreadBytes += bytes.length;
    this.#tails.add(batch);
  }

  /** What `Log.read` promises, where the tail reaches back to `from`; undefined where it does not. */
  read(from: Offset, options: ReadOptions): LogRead | undefined {
    this.#unreadBytes = 0;
    const first = this.firstOffset;
    if (first === undefined || from < first) return undefined;
    const parts: Buffer[] = [];
    let bytes = 0;
    let nextOffset = from;
    for (let number = this.#numberOf(from); number < this.#batches.length; number++) {
      const batch = this.#batches[number]!;
      if (batch.baseOffset >= options.upTo) break;
      const fits = bytes + batch.bytes.length <= options.bytesMax || (bytes === 0 && options.firstBatchWhole);
      if (!fits) break;
      append(parts, batch.bytes);
      bytes += batch.bytes.length;
      nextOffset = batch.nextOffset;
    }
    // The tails' account is charged for this memory already.
    return { parts, bytes, pinnedBytes: 0, nextOffset };
  }

  /** Lets the oldest batch go. False: there is none that has been written. */
  dropOldest(): boolean {
    const batch = this.#batches[this.#front];
    if (batch === undefined || batch.nextOffset > this.#logEnd()) return false;
    this.#remove(batch);
    this.#batches[this.#front++] = undefined;
    if (this.#front === this.#batches.length) this.#forget();
    else if (this.#front >= compactFrom && this.#front * 2 >= this.#batches.length) {
      this.#batches = this.#batches.slice(this.#front);
      this.#front = 0;
    }
    return true;
  }

  /** Where nobody has read for long, only the newest batches stay: whoever comes begins at the end, or far before. Called after writes. */
  dropUnread(): void {
    if (this.#unreadBytes <= unreadBytesMax) return;
    while (this.#bytes > unreadBytesMax && this.dropOldest());
  }

  /** Drops what lies before the log's start. */
  dropBefore(offset: Offset): void {
    while (this.#front < this.#batches.length && this.#batches[this.#front]!.nextOffset <= offset && this.dropOldest());
  }

  /** Drops every batch that reaches past an offset. */
  cutTo(offset: Offset): void {
    while (this.#batches.length > this.#front && this.#batches.at(-1)!.nextOffset > offset) this.#remove(this.#batches.pop()!);
    if (this.#front === this.#batches.length) this.#forget();
  }

  clear(): void {
    while (this.#batches.length > this.#front) this.#remove(this.#batches.pop()!);
    this.#forget();
  }

  /** The number of the first batch that ends past `offset`. */
  #numberOf(offset: Offset): number {
    let [low, high] = [this.#front, this.#batches.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#batches[middle]!.nextOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remove(batch: TailBatch): void {
    this.#bytes -= batch.bytes.length;
    this.#tails.remove(batch);
  }

  #forget(): void {
    this.#batches = [];
    this.#front = 0;
  }
}

/** Adds bytes to the parts of an answer: to the last one where they lie behind it in memory. */
function append(parts: Buffer[], bytes: Buffer): void {
  const last = parts.at(-1);
  if (last !== undefined && last.buffer === bytes.buffer && last.byteOffset + last.length === bytes.byteOffset)
    parts[parts.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + bytes.length);
  else parts.push(bytes);
}
