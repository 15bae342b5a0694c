import type { KvRange } from "../ports/kv.ts";

/** A key and what is stored under it, checksum included. */
export interface StoredEntry {
  readonly key: Buffer;
  readonly stored: Buffer;
}

/** What became of one key: what is stored under it now, or undefined where it is gone. */
export interface StoredChange {
  readonly key: Buffer;
  readonly stored: Buffer | undefined;
}

/**
 * Entries in the order of their keys. Whoever looks at a moment of them keeps the array as it is: the next change then makes
 * a copy. Adding at the end, as logs do, moves nothing.
 */
export class OrderedEntries {
  #entries: StoredEntry[] = [];
  #isShared = false;
  #bytes = 0;
  /** Changes since the last look of somebody who follows them; undefined: nobody does. */
  #journal: StoredChange[] | undefined;

  /** Bytes of all keys and stored values. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What has changed since the last call, in its order; from the first call, every entry. From then on changes are kept for the next. */
  takeChanges(): { readonly isFirst: boolean; readonly changes: readonly StoredChange[] } {
    const journal = this.#journal;
    if (journal?.length === 0) return unchanged;
    this.#journal = [];
    return { isFirst: journal === undefined, changes: journal ?? this.#entries.slice() };
  }

  /** The same entries, to be changed apart. */
  copy(): OrderedEntries {
    const copy = new OrderedEntries();
    copy.#entries = this.#entries.slice();
    copy.#bytes = this.#bytes;
    return copy;
  }

  get(key: Uint8Array): Buffer | undefined {
    const entry = this.#entries[this.#indexOf(key)];
    return entry !== undefined && entry.key.compare(key) === 0 ? entry.stored : undefined;
  }

  set(key: Buffer, stored: Buffer): void {
    this.#own();
    const index = this.#indexOf(key);
    const found = this.#entries[index];
    const isThere = found !== undefined && found.key.equals(key);
    this.#bytes += key.length + stored.length - (isThere ? key.length + found.stored.length : 0);
    this.#entries.splice(index, isThere ? 1 : 0, { key, stored });
    this.#journal?.push({ key, stored });
  }

  delete(key: Uint8Array): void {
    const index = this.#indexOf(key);
    const found = this.#entries[index];
    if (found === undefined || found.key.compare(key) !== 0) return;
    this.#own();
    this.#bytes -= found.key.length + found.stored.length;
    this.#entries.splice(index, 1);
    this.#journal?.push({ key: found.key, stored: undefined });
  }

  /** The entries in [from, to) of this moment. */
  *range({ from, to, reverse = false, limit = Infinity }: KvRange): Generator<StoredEntry> {
    this.#isShared = true;
    const entries = this.#entries;
    const first = from === undefined ? 0 : this.#indexOf(from);
    const end = to === undefined ? entries.length : this.#indexOf(to);
    for (let count = 0; count < Math.min(limit, end - first); count++) yield entries[reverse ? end - 1 - count : first + count]!;
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#entries = this.#entries.slice();
    this.#isShared = false;
  }

  /** Where the key is, or would be. */
  #indexOf(key: Uint8Array): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.key.compare(key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const unchanged = { isFirst: false, changes: [] } as const;
