import { statfs } from "node:fs/promises";
import { resolve as absolute } from "node:path";
import { MillraceError } from "@millrace/vocabulary";
import type { RootDatabase, RootDatabaseOptions } from "lmdb";
import { checkedChanges, type CheckedChange, valueOf } from "../checked-value.ts";
import { diskError } from "../disk-error.ts";
import type { Kv, KvChange, KvEntry, KvRange, KvStores } from "../ports/kv.ts";
import { commitReasonOf, openError } from "./lmdb-errors.ts";
import { prepareStore, syncStoreNames } from "./lmdb-file.ts";
import { type PageCounts, Room } from "./lmdb-pages.ts";

type Store = RootDatabase<Buffer, Uint8Array>;

/** Stores on lmdb. */
export class RealKvStores implements KvStores {
  readonly #open = new Set<string>();

  async open(path: string, { bytesMax }: { bytesMax: number }): Promise<Kv> {
    const key = absolute(path);
    if (this.#open.has(key)) throw new MillraceError("DATA_IN_USE", { path });
    this.#open.add(key);
    try {
      await prepareStore(path);
      const store = await openStore(path, bytesMax);
      await syncStoreNames(path);
      return new LmdbKv(store, path, bytesMax, () => this.#open.delete(key));
    } catch (error) {
      this.#open.delete(key);
      throw openError(path, error);
    }
  }
}

/**
 * `overlappingSync` is off since with it a commit resolves before it is synced. The path is a directory even when its name
 * has a dot. lmdb extends its map beyond `mapSize` by itself, so the bound is ours to keep. What is stored is the owner's alone.
 * The native module is loaded here, so that a process without stores does without it.
 */
async function openStore(path: string, bytesMax: number): Promise<Store> {
  const { open } = await import("lmdb");
  const durable: RootDatabaseOptions = { overlappingSync: false, keyEncoding: "binary", encoding: "binary" };
  const placed = { noSubdir: false, mapSize: bytesMax, permissionsMode: 0o600 };
  return open(path, { ...durable, ...placed });
}

/** One commit that waits, or is being written. The values carry their checksums. */
interface Commit {
  readonly changes: readonly CheckedChange[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * One transaction of lmdb is under way at a time; the commits that come meanwhile share the next one, and its sync. What
 * cannot have room is refused before lmdb sees it: after an ENOSPC of its own lmdb 3.5.6 may abort the process.
 */
class LmdbKv implements Kv {
  readonly #store: Store;
  readonly #path: string;
  readonly #bytesMax: number;
  readonly #onClosed: () => void;
  #waiting: Commit[] = [];
  #writing: Promise<void> | undefined;
  #failure: MillraceError | undefined;

  constructor(store: Store, path: string, bytesMax: number, onClosed: () => void) {
    this.#store = store;
    this.#path = path;
    this.#bytesMax = bytesMax;
    this.#onClosed = onClosed;
  }

  get(key: Uint8Array): Buffer | undefined {
    this.#checkUsable();
    const stored = this.#store.getBinary(key);
    return stored === undefined ? undefined : valueOf(key, stored, this.#path);
  }

  *range({ from, to, reverse = false, limit }: KvRange): Generator<KvEntry> {
    this.#checkUsable();
    const bounds = reverse ? { start: to, end: from, exclusiveStart: true, inclusiveEnd: true } : { start: from, end: to };
    const given = Object.entries({ ...bounds, reverse, limit }).filter(([, value]) => value !== undefined);
    for (const { key, value } of this.#store.getRange(Object.fromEntries(given))) {
      const bytes = key as Uint8Array;
      yield { key: bufferOn(bytes), value: valueOf(bytes, bufferOn(value), this.#path) };
    }
  }

  commit(changes: readonly KvChange[]): Promise<void> {
    const checked = checkedChanges(changes);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes: checked, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    // A store that failed is never touched again: only the end of the process lets go of it.
    if (this.#failure !== undefined) return;
    this.#failure = new MillraceError("CLOSED", { path: this.#path });
    await this.#store.close();
    this.#onClosed();
  }

  /** Writes what waits, until nothing does. */
  async #write(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const commits = this.#waiting;
      this.#waiting = [];
      await this.#writeTogether(commits);
    }
    this.#writing = undefined;
  }

  async #writeTogether(commits: readonly Commit[]): Promise<void> {
    let fitting = commits;
    try {
      fitting = await this.#thatFit(commits);
      if (fitting.length > 0) await this.#transact(fitting);
      for (const { resolve } of fitting) resolve();
    } catch (error) {
      const facts = { operation: "commit", path: this.#path, errno: "EIO", reason: await commitReasonOf(error) };
      this.#failure = new MillraceError("DISK_FAILED", facts, { cause: error });
      for (const { reject } of fitting) reject(this.#failure);
    }
  }

  /** Those that may be written. With the first that has no room all that came after it are refused, so that none is missing in between. */
  async #thatFit(commits: readonly Commit[]): Promise<readonly Commit[]> {
    const room = this.#failure === undefined ? await this.#room() : undefined;
    const isRefused = (commit: Commit) => room === undefined || !room.take(commit.changes);
    const first = commits.findIndex(isRefused);
    if (first < 0) return commits;
    const error = this.#failure ?? diskError("commit", this.#path, "ENOSPC");
    for (const { reject } of [...commits.slice(first), ...this.#waiting]) reject(error);
    this.#waiting = [];
    return commits.slice(0, first);
  }

  async #transact(commits: readonly Commit[]): Promise<void> {
    const store = this.#store;
    await store.batch(() => {
      for (const { changes } of commits) {
        for (const { key, stored } of changes) {
          if (stored === undefined) void store.remove(key);
          else void store.put(key, stored);
        }
      }
    });
  }

  async #room(): Promise<Room> {
    const { bavail, bsize } = await statfs(this.#path);
    return new Room(this.#store.getStats() as PageCounts, this.#bytesMax, bavail * bsize);
  }

  #checkUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/** The same memory as a Buffer: lmdb's copies are partly Uint8Arrays. */
function bufferOn(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
