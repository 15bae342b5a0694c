import { assert, MiB, Offset } from "@millrace/vocabulary";

/** Records that were proposed together: nobody sees some without the others. */
export interface Committed {
  /** Of the first record. */
  readonly offset: Offset;
  readonly term: number;
  readonly records: readonly Buffer[];
}

/** Some ten thousand changes: what a broker misses while it restarts, or while its stream breaks. Who lacks more gets a snapshot. */
const tailBytesMax: number = 4 * MiB;
/** What a proposal and a record cost beside their bytes. */
const overheadBytes = 100;

/** What was committed of late, for brokers that follow: bounded, however slowly they do. */
export class MetadataTail {
  readonly #bytesMax: number;
  readonly #watchers = new Set<() => void>();
  #entries: Committed[] = [];
  #bytes = 0;
  /** Entries are numbered; this is the number of the first one that is kept. */
  #first = 0;
  /** Everything that was committed after this offset is kept. */
  #base: Offset = Offset(-1);

  constructor(bytesMax: number = tailBytesMax) {
    this.#bytesMax = bytesMax;
  }

  /** The number that the next entry gets. */
  get end(): number {
    return this.#first + this.#entries.length;
  }

  /** Begins anew behind a snapshot. */
  restart(offset: Offset): void {
    this.#first = this.end;
    this.#entries = [];
    this.#bytes = 0;
    this.#base = offset;
  }

  add(entry: Committed): void {
    assert(entry.offset > this.#base, "what is committed follows what was", { offset: entry.offset });
    this.#entries.push(entry);
    this.#bytes += sizeOf(entry);
    let gone = 0;
    for (; this.#bytes > this.#bytesMax; gone++) {
      const first = this.#entries[gone]!;
      this.#bytes -= sizeOf(first);
      this.#base = lastOffset(first);
    }
    this.#entries.splice(0, gone);
    this.#first += gone;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back after each addition, until the function it returns is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** The number of the first entry after an offset; undefined: something after it is no longer kept. */
  after(offset: Offset): number | undefined {
    if (offset < this.#base) return undefined;
    const index = this.#entries.findIndex((entry) => entry.offset > offset);
    return index === -1 ? this.end : this.#first + index;
  }

  /** An entry by its number, below `end`; undefined: it is no longer kept. */
  entry(number: number): Committed | undefined {
    return this.#entries[number - this.#first];
  }
}

/** The offset of the last record. */
export function lastOffset({ offset, records }: Committed): Offset {
  return Offset(offset + records.length - 1);
}

function sizeOf({ records }: Committed): number {
  return records.reduce((bytes, { length }) => bytes + length + overheadBytes, overheadBytes);
}
