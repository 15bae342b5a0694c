import type { DiskFile } from "@millrace/runtime";
import { assert, MillraceError } from "@millrace/vocabulary";
import { Mutex } from "../mutex.ts";
import type { StoredFile } from "./stored-file.ts";

/** One entry of an index: where it lies, and its number. */
export interface Entry {
  readonly bytes: Buffer;
  readonly at: number;
  readonly number: number;
}

/** Whether the entry at `at` lies past what is looked for; true for every entry after the first such. */
export type IsPast = (bytes: Buffer, at: number) => boolean;

/** What one probe of a search reads: the unit the kernel reads anyway. */
const pageBytes = 4096;
const nothing = Buffer.alloc(0);

/**
 * A file of entries of one size, ascending. New entries wait in memory until they are written, which happens before the
 * recovery point passes them: what a crash takes is made again from the log.
 *
 *     [ stored: in the file ......... ][ waiting: in memory ... ]
 */
export class EntryFile {
  readonly file: StoredFile;
  readonly #entryBytes: number;
  readonly #writes = new Mutex();
  #stored: number | undefined;
  #waiting = nothing;
  #waitingCount = 0;
  /** Whether the file is known to end where its stored entries do; a crash may have left more. */
  #endsRight: boolean;

  /** @param stored entries that are in the file and count; undefined: as many as it holds */
  constructor(file: StoredFile, entryBytes: number, stored: number | undefined) {
    this.file = file;
    this.#entryBytes = entryBytes;
    this.#stored = file.exists ? stored : 0;
    this.#endsRight = stored === undefined || !file.exists;
  }

  /** Entries so far; of an index that is not written to, only once it has been looked at. */
  get count(): number {
    return (this.#stored ?? 0) + this.#waitingCount;
  }

  /** Makes room for one more entry and says where its bytes go. */
  add(): Entry {
    assert(this.#stored !== undefined, "an index that is added to knows its length", { path: this.file.path });
    const at = this.#waitingCount * this.#entryBytes;
    if (at + this.#entryBytes > this.#waiting.length) this.#grow();
    this.#waitingCount++;
    return { bytes: this.#waiting, at, number: this.#stored + this.#waitingCount - 1 };
  }

  /** Writes what waits, up to `count` entries in all. Says whether the file has changed. */
  write(count: number): Promise<boolean> {
    return this.#writes.run(() => this.#writeNow(count));
  }

  async #writeNow(count: number): Promise<boolean> {
    const stored = this.#stored ?? 0;
    const adding = Math.min(count - stored, this.#waitingCount);
    if (adding <= 0 && this.#endsRight) return false;
    await this.file.use(async (file) => {
      if (!this.#endsRight) await file.truncate(stored * this.#entryBytes);
      // Unknown again while a write is under way: one that fails leaves anything behind.
      this.#endsRight = false;
      if (adding > 0) await file.write([this.#waiting.subarray(0, adding * this.#entryBytes)], stored * this.#entryBytes);
      this.#endsRight = true;
    });
    if (adding > 0) this.#stored = stored + adding;
    this.#dropWaiting(Math.max(0, adding));
    return true;
  }

  /** Drops all entries but the first `count`, from memory at once, from the file before it resolves. */
  async cutTo(count: number): Promise<void> {
    const stored = await this.#load();
    this.#waitingCount = Math.max(0, Math.min(this.#waitingCount, count - stored));
    if (count >= stored) return;
    this.#stored = count;
    if (this.file.exists) await this.file.use((file) => file.truncate(count * this.#entryBytes));
  }

  async sync(): Promise<void> {
    if (this.file.exists) await this.file.use((file) => file.sync());
  }

  /** The last entry that is not past; undefined: all are. Rejects with DATA_DAMAGED where the file is shorter than it should be. */
  async lastBefore(isPast: IsPast): Promise<Entry | undefined> {
    const stored = await this.#load();
    if (this.#waitingCount > 0 && !isPast(this.#waiting, 0)) {
      return searchEntries({ bytes: this.#waiting, first: stored, count: this.#waitingCount }, this.#entryBytes, isPast);
    }
    return stored === 0 ? undefined : this.file.use((file) => this.#searchFile(file, stored, isPast));
  }

  /** The last entry of all. */
  async last(): Promise<Entry | undefined> {
    return this.lastBefore(() => false);
  }

  /** Entries from number `from` on, `count` of them or as many as there are. */
  async read(from: number, count: number): Promise<Buffer> {
    const stored = await this.#load();
    if (from >= stored) {
      const first = (from - stored) * this.#entryBytes;
      return this.#waiting.subarray(first, Math.min(first + count * this.#entryBytes, this.#waitingCount * this.#entryBytes));
    }
    return this.file.use((file) => this.#readStored(file, from, Math.min(count, stored - from)));
  }

  /** Learns how many entries an index has that was not written to in this life. */
  async #load(): Promise<number> {
    if (this.#stored === undefined) {
      const size = await this.file.use((file) => file.size());
      this.#stored ??= Math.floor(size / this.#entryBytes);
    }
    return this.#stored;
  }

  async #searchFile(file: DiskFile, stored: number, isPast: IsPast): Promise<Entry | undefined> {
    const perPage = Math.floor(pageBytes / this.#entryBytes);
    let [from, to] = [0, stored];
    let best: Entry | undefined;
    while (from < to) {
      const first = to - from <= perPage ? from : Math.floor((from + to) / 2);
      const count = Math.min(perPage, to - first);
      const bytes = await this.#readStored(file, first, count);
      const found = searchEntries({ bytes, first, count }, this.#entryBytes, isPast);
      if (found === undefined) to = first;
      else {
        best = found;
        from = found.number + 1;
        if (from < first + count) to = from;
      }
    }
    return best;
  }

  async #readStored(file: DiskFile, first: number, count: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(count * this.#entryBytes);
    const read = await file.read(bytes, first * this.#entryBytes);
    if (read < bytes.length) throw new MillraceError("DATA_DAMAGED", { path: file.path, entries: first + count, readBytes: read });
    return bytes;
  }

  #grow(): void {
    const larger = Buffer.alloc(Math.max(this.#entryBytes * 4, this.#waiting.length * 2));
    this.#waiting.copy(larger);
    this.#waiting = larger;
  }

  #dropWaiting(count: number): void {
    this.#waitingCount -= count;
    if (this.#waitingCount === 0) this.#waiting = nothing;
    else this.#waiting = Buffer.from(this.#waiting.subarray(count * this.#entryBytes, (count + this.#waitingCount) * this.#entryBytes));
  }
}

/** The last entry of a run in memory that is not past. */
function searchEntries(run: { bytes: Buffer; first: number; count: number }, entryBytes: number, isPast: IsPast): Entry | undefined {
  let [low, high] = [0, run.count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isPast(run.bytes, middle * entryBytes)) high = middle;
    else low = middle + 1;
  }
  return low === 0 ? undefined : { bytes: run.bytes, at: (low - 1) * entryBytes, number: run.first + low - 1 };
}
