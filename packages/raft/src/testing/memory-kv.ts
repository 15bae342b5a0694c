import type { Kv, KvChange, KvEntry, KvRange } from "@millrace/runtime";

interface Commit {
  readonly changes: readonly KvChange[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * A store in memory that a test holds by the hand: commits are durable in a later turn, or when the test says so; the store
 * can fail, or crash between two commits, and then lives on as another.
 */
export class MemoryKv implements Kv {
  readonly #values: Map<string, Buffer>;
  #order: string[] | undefined;
  #waiting: Commit[] = [];
  #isHeld = false;
  #isCrashed = false;
  #failure: Error | undefined;
  /** How many commits are durable. */
  commits = 0;
  /** Called after each commit. */
  onCommit: (changes: readonly KvChange[]) => void = () => {};

  constructor(entries: Iterable<readonly [key: Uint8Array, value: Uint8Array]> = []) {
    this.#values = new Map([...entries].map(([key, value]) => [textOf(key), Buffer.from(value)]));
  }

  get(key: Uint8Array): Buffer | undefined {
    const value = this.#values.get(textOf(key));
    return value === undefined ? undefined : Buffer.from(value);
  }

  *range({ from, to, reverse = false, limit = Infinity }: KvRange): Iterable<KvEntry> {
    this.#order ??= [...this.#values.keys()].sort();
    const low = from === undefined ? "" : textOf(from);
    const keys = this.#order.filter((key) => key >= low && (to === undefined || key < textOf(to)));
    for (const key of (reverse ? keys.toReversed() : keys).slice(0, limit))
      yield { key: Buffer.from(key, "latin1"), value: Buffer.from(this.#values.get(key)!) };
  }

  commit(changes: readonly KvChange[]): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      if (!this.#isHeld) setImmediate(() => this.#isHeld || this.release());
    });
  }

  async close(): Promise<void> {}

  /** From now on commits wait for `release`. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The changes of the commits that wait, in order. */
  get waiting(): readonly (readonly KvChange[])[] {
    return this.#waiting.map(({ changes }) => changes);
  }

  /** Makes the commit that has waited longest durable. */
  release(): void {
    const commit = this.#waiting.shift();
    if (commit === undefined || this.#isCrashed) return;
    for (const { key, value } of commit.changes) this.#set(textOf(key), value);
    this.commits++;
    this.onCommit(commit.changes);
    if (!this.#isCrashed) commit.resolve();
  }

  /** Rejects the commits that wait, and every later one. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** The process dies: nothing here settles any more, and what was durable comes back as another store. */
  crash(): MemoryKv {
    this.#isCrashed = true;
    return new MemoryKv(this.entries());
  }

  /** Everything that is durable, in the order of keys. */
  entries(): [key: Buffer, value: Buffer][] {
    return [...this.range({})].map(({ key, value }) => [key, value]);
  }

  #set(key: string, value: Uint8Array | undefined): void {
    this.#order = undefined;
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, Buffer.from(value));
  }
}

/** Latin-1 keeps the order of bytes. */
function textOf(key: Uint8Array): string {
  return Buffer.from(key).toString("latin1");
}
