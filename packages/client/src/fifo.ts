/** First in, first out, without moving what stays: a row and where it begins. */
export class Fifo<Item> {
  #row: Item[] = [];
  #head = 0;

  get size(): number {
    return this.#row.length - this.#head;
  }

  get first(): Item | undefined {
    return this.#row[this.#head];
  }

  push(item: Item): void {
    this.#row.push(item);
  }

  shift(): Item | undefined {
    const item = this.#row[this.#head];
    if (item === undefined) return undefined;
    this.#row[this.#head++] = undefined as never; // lets go of it
    if (this.#head === this.#row.length || this.#head >= trimAt) this.#trim();
    return item;
  }

  /** Keeps only what is wanted, in its order. */
  retain(isWanted: (item: Item) => boolean): void {
    this.#row = this.#row.slice(this.#head).filter(isWanted);
    this.#head = 0;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = this.#head; index < this.#row.length; index++) yield this.#row[index]!;
  }

  #trim(): void {
    this.#row = this.#row.slice(this.#head);
    this.#head = 0;
  }
}

/** The empty beginning is cut off when it is this long: seldom enough to cost little, early enough to hold little. */
const trimAt = 1024;
