import { assert, MiB, Offset } from "@millrace/vocabulary";
import { bytesOfEntry, endOf, type LogEntry } from "../entry.ts";
import { OwnMemory } from "./own-memory.ts";

/** Entries that are stored stay in memory up to so many bytes: what followers that keep up are sent never comes from the store. */
const tailBytesMax = 8 * MiB;

/** Entries of one term that follow each other. A term's entries lie together, and terms ascend. */
export interface TermRun {
  readonly term: number;
  /** Where its first entry begins. */
  readonly from: Offset;
}

/** Where a log stands when it is opened, and how what is not in memory is read. */
export interface LogStart {
  /** The end of the snapshot, and the term of the entry that ends there. */
  readonly snapshotEnd: Offset;
  readonly snapshotTerm: number;
  /** The end of the last entry. Everything below is durable. */
  readonly end: Offset;
  /** Of the entries from `snapshotEnd` on; ascending. */
  readonly runs: readonly TermRun[];
  /** Reads durable entries from `from`, which begins one, in [from, to): one at least, and then no more than `bytesMax` of them. */
  readonly older: (from: Offset, to: Offset, bytesMax: number) => LogEntry[];
}

/**
 * The log as the machine sees it: the terms of all entries, the last entries themselves, and how far it is durable. The term of an
 * entry is found without reading it, since a term's entries lie together.
 */
export class RaftLog {
  readonly #older: LogStart["older"];
  #runs: TermRun[];
  /** Entries [#tailStart, end), the first `#evicted` of which are gone. */
  #tail: LogEntry[] = [];
  readonly #memory = new OwnMemory();
  #evicted = 0;
  #tailBytes = 0;
  #tailStart: Offset;
  #start: Offset;
  #startTerm: number;
  #snapshotEnd: Offset;
  #end: Offset;
  #storedEnd: Offset;

  constructor({ snapshotEnd, snapshotTerm, end, runs, older }: LogStart) {
    this.#older = older;
    this.#runs = [...runs];
    this.#tailStart = end;
    this.#start = snapshotEnd;
    this.#startTerm = snapshotTerm;
    this.#snapshotEnd = snapshotEnd;
    this.#end = end;
    this.#storedEnd = end;
  }

  /** Entries can be read from here on. */
  get start(): Offset {
    return this.#start;
  }

  /** The offset after the last entry, durable or about to be. */
  get end(): Offset {
    return this.#end;
  }

  /** Everything below it is durable. */
  get storedEnd(): Offset {
    return this.#storedEnd;
  }

  /** The term of the last entry, be it folded into the snapshot. */
  get lastTerm(): number {
    return this.#runs.at(-1)?.term ?? this.#startTerm;
  }

  /** The term of the entry that ends at `end`; undefined where that is not known any more, or not yet. */
  termAt(end: Offset): number | undefined {
    if (end < this.#start || end > this.#end) return undefined;
    return this.#runs.findLast(({ from }) => from < end)?.term ?? this.#startTerm;
  }

  /** Where the entries of terms up to `term` end, and the last of these terms; undefined where that lies before the start. */
  endOfTerm(term: number): { readonly term: number; readonly end: Offset } | undefined {
    const next = this.#runs.find((run) => run.term > term);
    const found = this.#runs.findLast((run) => run.term <= term)?.term ?? this.#startTerm;
    return found > term ? undefined : { term: found, end: next?.from ?? this.#end };
  }

  append(entry: LogEntry): void {
    assert(entry.offset === this.#end && entry.term >= this.lastTerm, "an entry continues the log", { at: entry.offset, end: this.#end });
    if (entry.term > this.lastTerm || this.#runs.length === 0) this.#runs.push({ term: entry.term, from: entry.offset });
    this.#tail.push(this.#memory.hold(entry));
    this.#tailBytes += bytesOfEntry(entry);
    this.#end = endOf(entry);
  }

  /** Cuts off what lies at or past `from`, which begins an entry. */
  truncate(from: Offset): void {
    assert(from >= this.#snapshotEnd && from <= this.#end, "what is folded into a snapshot stays", {
      from,
      snapshotEnd: this.#snapshotEnd,
    });
    while (this.#tail.length > this.#evicted && this.#tail.at(-1)!.offset >= from) this.#tailBytes -= bytesOfEntry(this.#tail.pop()!);
    this.#runs = this.#runs.filter((run) => run.from < from);
    this.#end = from;
    this.#storedEnd = Offset(Math.min(this.#storedEnd, from));
    this.#tailStart = Offset(Math.min(this.#tailStart, from));
  }

  /** Everything below `end` is durable. */
  stored(end: Offset): void {
    assert(end <= this.#end, "what is durable was appended", { end, logEnd: this.#end });
    this.#storedEnd = Offset(Math.max(this.#storedEnd, end));
    this.#evict();
  }

  /** Entries from `from`, which begins one: one at least, and then no more than `bytesMax` of them. None at the end. */
  read(from: Offset, bytesMax: number): LogEntry[] {
    if (from >= this.#end) return [];
    if (from < this.#tailStart) return this.#older(from, this.#tailStart, bytesMax);
    const entries: LogEntry[] = [];
    let bytes = 0;
    for (let index = this.#indexOf(from); index < this.#tail.length; index++) {
      bytes += bytesOfEntry(this.#tail[index]!);
      if (entries.length > 0 && bytes > bytesMax) break;
      entries.push(this.#tail[index]!);
    }
    return entries;
  }

  /** What lies below `end`, which ends an entry, is folded into a snapshot: the store has it no more, but the tail may. */
  compact(end: Offset): void {
    if (end <= this.#snapshotEnd) return;
    this.#snapshotEnd = end;
    this.#startAt(Offset(Math.max(this.#start, Math.min(end, this.#tailStart))));
  }

  /** Begins anew after a snapshot, which is not durable yet: of what was there, what lies below `kept` still is. */
  reset(end: Offset, term: number, kept: Offset): void {
    this.#storedEnd = Offset(Math.min(this.#storedEnd, kept));
    this.#runs = [];
    this.#tail = [];
    this.#evicted = 0;
    this.#tailBytes = 0;
    this.#tailStart = end;
    this.#start = end;
    this.#startTerm = term;
    this.#snapshotEnd = end;
    this.#end = end;
  }

  #evict(): void {
    while (this.#tailBytes > tailBytesMax && this.#evicted < this.#tail.length) {
      const entry = this.#tail[this.#evicted]!;
      if (endOf(entry) > this.#storedEnd) break;
      this.#tailBytes -= bytesOfEntry(entry);
      this.#evicted++;
      this.#tailStart = endOf(entry);
    }
    if (this.#evicted * 2 > this.#tail.length) {
      this.#tail.splice(0, this.#evicted);
      this.#evicted = 0;
    }
    if (this.#start < this.#snapshotEnd) this.#startAt(Offset(Math.min(this.#snapshotEnd, this.#tailStart)));
  }

  #startAt(start: Offset): void {
    this.#startTerm = this.termAt(start)!;
    this.#start = start;
    const first = this.#runs.findLastIndex(({ from }) => from <= start);
    if (first > 0) this.#runs.splice(0, first);
  }

  #indexOf(offset: Offset): number {
    let low = this.#evicted;
    let high = this.#tail.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#tail[middle]!.offset < offset) low = middle + 1;
      else high = middle;
    }
    assert(this.#tail[low]?.offset === offset, "reading begins with an entry", { offset });
    return low;
  }
}
