import type { Chance } from "./chance.ts";
import { Directory, type Entry } from "./directory.ts";
import type { DiskOperation, MachineFaults } from "./faults.ts";
import { Inode } from "./inode.ts";
import type { CrashCause, Life } from "./life.ts";
import { OrderedEntries } from "./ordered-entries.ts";

/** What the kernel would answer: the name of an errno. */
export class DiskFault extends Error {
  readonly errno: string;

  constructor(errno: string) {
    super(errno);
    this.errno = errno;
  }
}

/** A write that is under way: a crash may leave a part of it. */
export interface PendingWrite {
  readonly file: Inode;
  readonly buffers: readonly Uint8Array[];
  readonly position: number;
  readonly bytes: number;
}

/** What a machine's disk holds. It outlives the processes that use it. */
export class DiskImage {
  readonly pending = new Set<PendingWrite>();
  readonly claims = new Map<string, Life>();
  /** Paths of files to which a write went astray. */
  readonly misdirected: string[] = [];
  /** Rises with each change of names, but for those of `root` itself. */
  nameChanges = 0;
  /** Syncs of files that have failed. */
  failedSyncs = 0;
  root: Directory = new Directory();
  readonly #chance: Chance;
  readonly #told = new Map<DiskOperation, string[]>();
  /** At least what all files hold: counting them at each write would take its time. */
  #usedBytesMax = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Lets the next operation of this kind fail, once; called again, the one after it too. */
  failNext(operation: DiskOperation, errno: string): void {
    this.#told.set(operation, [...(this.#told.get(operation) ?? []), errno]);
  }

  forgetFailures(): void {
    this.#told.clear();
  }

  /** What this operation fails with, if it does. */
  faultOf(operation: DiskOperation, faults: MachineFaults["disk"]): string | undefined {
    const told = this.#told.get(operation)?.shift();
    if (told !== undefined) return told;
    return this.#chance.hits(faults.failedPpm[operation] ?? 0) ? "EIO" : undefined;
  }

  /** Bytes that all files hold together. */
  get usedBytes(): number {
    let bytes = 0;
    for (const file of filesBelow(this.root)) bytes += file.sizeBytes;
    return bytes;
  }

  /** How many of these bytes, by which a file is to grow, have no room. */
  lacking(grownBytes: number, capacityBytes: number): number {
    this.#usedBytesMax += grownBytes;
    if (this.#usedBytesMax <= capacityBytes) return 0;
    this.#usedBytesMax = this.usedBytes + grownBytes;
    const lacking = Math.min(grownBytes, Math.max(0, this.#usedBytesMax - capacityBytes));
    this.#usedBytesMax -= lacking;
    return lacking;
  }

  find(path: string): Entry | undefined {
    let entry: Entry | undefined = this.root;
    for (const name of namesOf(path)) entry = entry instanceof Directory ? entry.entries.get(name) : undefined;
    return entry;
  }

  directory(path: string): Directory {
    const entry = this.find(path);
    if (entry === undefined) throw new DiskFault("ENOENT");
    if (!(entry instanceof Directory)) throw new DiskFault("ENOTDIR");
    return entry;
  }

  file(path: string): Inode {
    const entry = this.find(path);
    if (entry === undefined) throw new DiskFault("ENOENT");
    if (entry instanceof Directory) throw new DiskFault("EISDIR");
    return entry;
  }

  create(path: string, nowMs: number): Inode {
    if (this.find(path) !== undefined) throw new DiskFault("EEXIST");
    const file = new Inode();
    file.modifiedMs = nowMs;
    this.#change(path, file, nowMs);
    return file;
  }

  makeDirectory(path: string, nowMs: number): void {
    const names = namesOf(path);
    for (let depth = 1; depth <= names.length; depth++) {
      const above = names.slice(0, depth).join("/");
      const found = this.find(above);
      if (found instanceof Inode) throw new DiskFault("ENOTDIR");
      if (found === undefined) this.#change(above, new Directory(), nowMs);
    }
  }

  /** The store at a path; one that is new has its directory made, and its name synced, as lmdb's adapter does. */
  store(path: string): OrderedEntries {
    if (this.find(path) === undefined) this.makeDirectory(path, 0);
    for (const each of [path, parentOf(path)]) this.directory(each).beginSync()();
    const directory = this.directory(path);
    directory.store ??= new OrderedEntries();
    return directory.store;
  }

  rename(from: string, to: string, nowMs: number): void {
    const entry = this.find(from);
    if (entry === undefined) throw new DiskFault("ENOENT");
    if (this.find(to) instanceof Directory) throw new DiskFault("EISDIR");
    if (parentOf(from) !== parentOf(to)) {
      this.#change(to, entry, nowMs);
      this.#change(from, undefined, nowMs);
    } else if (namesOf(from).join("/") !== namesOf(to).join("/")) {
      const changes = [
        [nameOf(to), entry],
        [nameOf(from), undefined],
      ] as const;
      this.nameChanges++;
      this.directory(parentOf(to)).change(changes);
    }
  }

  remove(path: string, nowMs: number): void {
    if (this.find(path) !== undefined) this.#change(path, undefined, nowMs);
  }

  /**
   * What is left when a process dies or the power goes. A write under way is there in whole, in part, or not at all; a power cut
   * then takes of everything that was not synced.
   */
  crash(cause: CrashCause, faults: MachineFaults["disk"]): void {
    for (const { file, buffers, position, bytes } of this.pending) {
      const isTorn = this.#chance.hits(faults.tornPpm);
      file.write(buffers, position, isTorn ? this.#chance.below(bytes + 1) : bytes * this.#chance.below(2));
    }
    this.pending.clear();
    this.claims.clear();
    this.#usedBytesMax = Infinity;
    this.nameChanges++;
    if (cause === "power cut") this.root.cutPower(this.#chance, (file) => file.cutPower(this.#chance, faults.sectorSurvivesPpm));
  }

  #change(path: string, after: Entry | undefined, nowMs: number): void {
    const directory = this.directory(parentOf(path));
    this.nameChanges++;
    directory.change([[nameOf(path), after]]);
    directory.modifiedMs = nowMs;
  }
}

function* filesBelow(directory: Directory): Generator<Inode> {
  for (const entry of directory.entries.values()) {
    if (entry instanceof Directory) yield* filesBelow(entry);
    else yield entry;
  }
}

function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

function parentOf(path: string): string {
  return namesOf(path).slice(0, -1).join("/");
}

function nameOf(path: string): string {
  return namesOf(path).at(-1)!;
}
