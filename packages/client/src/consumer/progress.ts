import { assert } from "@millrace/vocabulary";

/**
 * Which records of one partition are done. Only a run of done records without a gap may be committed: the offset to commit
 * is that of the first record that was handed out and is not done, or where reading stands once all of them are.
 *
 * Offsets rise but have gaps (compaction, markers of transactions), so what was handed out is kept as a row.
 */
export class Progress {
  /** Offsets that were handed out, from `#head` on; rising. */
  #offsets: number[] = [];
  #head = 0;
  /** Done, though a record before is not. */
  readonly #doneAhead = new Set<number>();
  #position: number;
  #committed: number;

  /** @param from where reading begins: what was committed, or what counts as that */
  constructor(from: number) {
    this.#position = from;
    this.#committed = from;
  }

  /** How many records are handed out and may not be committed yet: those that are not done, and those behind one. */
  get open(): number {
    return this.#offsets.length - this.#head;
  }

  /** The next offset to be read: after all that was handed out. */
  get position(): number {
    return this.#position;
  }

  /** What may be committed; undefined where it is committed already. */
  get toCommit(): number | undefined {
    const offset = this.#offsets[this.#head] ?? this.#position;
    return offset > this.#committed ? offset : undefined;
  }

  handedOut(offset: number): void {
    assert(offset >= this.#position, "records are handed out in the order of their offsets", { offset, position: this.#position });
    this.#offsets.push(offset);
    this.#position = offset + 1;
  }

  /** Reading begins anew at `offset`, which may lie before: the log is another one, or has lost what was to be read. */
  restart(offset: number): void {
    this.#offsets = [];
    this.#head = 0;
    this.#doneAhead.clear();
    this.#position = offset;
    this.#committed = offset;
  }

  /** Nothing that could be handed out lies before `offset`. */
  skippedTo(offset: number): void {
    this.#position = Math.max(this.#position, offset);
  }

  /** A record is done. Harmless for one that is done already, or was never handed out. */
  done(offset: number): void {
    if (!this.#isOpen(offset)) return;
    this.#doneAhead.add(offset);
    while (this.#head < this.#offsets.length && this.#doneAhead.delete(this.#offsets[this.#head]!)) this.#head++;
    this.#trim();
  }

  /** What `toCommit` said has been committed. */
  committed(offset: number): void {
    this.#committed = Math.max(this.#committed, offset);
  }

  #isOpen(offset: number): boolean {
    let [from, to] = [this.#head, this.#offsets.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#offsets[middle]! < offset) from = middle + 1;
      else to = middle;
    }
    return this.#offsets[from] === offset;
  }

  /** Lets go of what is done, once that is most of the row. */
  #trim(): void {
    if (this.#head < 1024 && this.#head < this.#offsets.length) return;
    if (this.#head * 2 < this.#offsets.length) return;
    this.#offsets = this.#offsets.slice(this.#head);
    this.#head = 0;
  }
}
