/** Whose turn it is to be pushed: those in sync first, and each in the order in which it asked. */
export class PushQueue<Entry extends object> {
  readonly #first = new Set<Entry>();
  readonly #later = new Set<Entry>();

  get isEmpty(): boolean {
    return this.#first.size === 0 && this.#later.size === 0;
  }

  /** Puts an entry at the end of its row, unless it stands in one. */
  add(entry: Entry, isFirst: boolean): void {
    if (isFirst) {
      this.#later.delete(entry);
      this.#first.add(entry);
    } else if (!this.#first.has(entry)) this.#later.add(entry);
  }

  remove(entry: Entry): void {
    this.#first.delete(entry);
    this.#later.delete(entry);
  }

  /** Takes the next one out; only of those in sync where `mayCatchUp` is false. */
  take(mayCatchUp: boolean): Entry | undefined {
    const row = this.#first.size > 0 ? this.#first : this.#later;
    if (row === this.#later && !mayCatchUp) return undefined;
    const [entry] = row;
    if (entry !== undefined) row.delete(entry);
    return entry;
  }
}
