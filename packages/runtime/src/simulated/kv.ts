import { MillraceError } from "@millrace/vocabulary";
import { checkedChanges, type CheckedChange, valueOf } from "../checked-value.ts";
import { diskError } from "../disk-error.ts";
import type { Kv, KvChange, KvEntry, KvRange, KvStores } from "../ports/kv.ts";
import type { Chance } from "./chance.ts";
import type { DiskImage } from "./disk-image.ts";
import type { MachineFaults } from "./faults.ts";
import type { Life } from "./life.ts";
import type { OrderedEntries } from "./ordered-entries.ts";

/** What the stores of one process work with. */
export interface KvParts {
  readonly life: Life;
  /** Where each store lies in a directory: one whose directory was removed is gone. It outlives the process. */
  readonly image: DiskImage;
  readonly chance: Chance;
  /** As they are now. */
  readonly faults: () => MachineFaults["kv"];
}

/** The stores of one machine, as one process sees them. */
export class SimulatedKvStores implements KvStores {
  readonly #parts: KvParts;
  readonly #open = new Set<string>();

  constructor(parts: KvParts) {
    this.#parts = parts;
  }

  open(path: string, { bytesMax }: { bytesMax: number }): Promise<Kv> {
    const { life, image, chance, faults } = this.#parts;
    return life.settle(chance.within(faults().commitUs), () => {
      if (this.#open.has(path)) throw new MillraceError("DATA_IN_USE", { path });
      this.#open.add(path);
      return new SimulatedKv(path, image.store(path), bytesMax, this.#parts, () => this.#open.delete(path));
    });
  }
}

interface Commit {
  readonly changes: readonly CheckedChange[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The contract of lmdb's adapter over a map in memory: commits that wait share the next transaction, and are atomic each. */
class SimulatedKv implements Kv {
  readonly #path: string;
  readonly #entries: OrderedEntries;
  readonly #bytesMax: number;
  readonly #parts: KvParts;
  readonly #onClosed: () => void;
  #waiting: Commit[] = [];
  #writing: readonly Commit[] = [];
  #failure: MillraceError | undefined;
  #onIdle: (() => void) | undefined;

  constructor(path: string, entries: OrderedEntries, bytesMax: number, parts: KvParts, onClosed: () => void) {
    this.#path = path;
    this.#entries = entries;
    this.#bytesMax = bytesMax;
    this.#parts = parts;
    this.#onClosed = onClosed;
    parts.life.onEnd(() => this.#land(this.#writing));
  }

  get(key: Uint8Array): Buffer | undefined {
    this.#checkUsable();
    const stored = this.#entries.get(key);
    return stored && Buffer.from(valueOf(key, stored, this.#path));
  }

  *range(bounds: KvRange): Generator<KvEntry> {
    this.#checkUsable();
    for (const { key, stored } of this.#entries.range(bounds))
      yield { key: Buffer.from(key), value: Buffer.from(valueOf(key, stored, this.#path)) };
  }

  commit(changes: readonly KvChange[]): Promise<void> {
    const checked = checkedChanges(changes);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes: checked, resolve, reject });
      if (this.#writing.length === 0 && this.#waiting.length === 1) this.#parts.life.after(0, () => this.#write());
    });
  }

  async close(): Promise<void> {
    if (this.#writing.length > 0 || this.#waiting.length > 0) await new Promise<void>((resolve) => void (this.#onIdle = resolve));
    await this.#parts.life.settle(0, () => {
      this.#failure ??= new MillraceError("CLOSED", { path: this.#path });
      this.#onClosed();
    });
  }

  #write(): void {
    this.#writing = this.#thatFit(this.#waiting);
    this.#waiting = [];
    if (this.#writing.length === 0) return this.#onIdle?.();
    const { life, chance, faults } = this.#parts;
    life.after(chance.within(faults().commitUs), () => {
      const commits = this.#writing;
      this.#writing = [];
      if (chance.hits(faults().commitFailedPpm)) this.#fail(commits);
      else this.#succeed(commits);
      this.#write();
    });
  }

  #succeed(commits: readonly Commit[]): void {
    for (const { changes, resolve } of commits) {
      this.#apply(changes);
      resolve();
    }
  }

  #fail(commits: readonly Commit[]): void {
    this.#land(commits);
    this.#failure = diskError("commit", this.#path, "EIO") as MillraceError;
    for (const { reject } of commits) reject(this.#failure);
  }

  /** What was cut short may be there, all of one transaction or nothing. */
  #land(commits: readonly Commit[]): void {
    const { chance, faults } = this.#parts;
    if (commits.length > 0 && chance.hits(faults().cutCommitLandsPpm)) for (const { changes } of commits) this.#apply(changes);
  }

  #apply(changes: readonly CheckedChange[]): void {
    for (const { key, stored } of changes) {
      if (stored === undefined) this.#entries.delete(key);
      else this.#entries.set(key, stored);
    }
  }

  /** Those that may be written; with the first that has no room all that came after it are refused, as by lmdb's adapter. */
  #thatFit(commits: readonly Commit[]): readonly Commit[] {
    let roomBytes = this.#bytesMax - this.#entries.bytes;
    for (const [index, { changes }] of commits.entries()) {
      const grownBytes = changes.reduce((sum, { key, stored }) => sum + (stored === undefined ? 0 : key.length + stored.length), 0);
      roomBytes -= grownBytes;
      if (this.#failure === undefined && (roomBytes >= 0 || grownBytes === 0)) continue;
      for (const { reject } of commits.slice(index)) reject(this.#failure ?? diskError("commit", this.#path, "ENOSPC"));
      return commits.slice(0, index);
    }
    return commits;
  }

  #checkUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
