import { assert } from "@millrace/vocabulary";
import { valueOf } from "../checked-value.ts";
import { Directory } from "./directory.ts";
import type { DiskImage } from "./disk-image.ts";
import { Inode } from "./inode.ts";
import type { OrderedEntries } from "./ordered-entries.ts";

/** What a machine kept at one moment, to be put back later. */
export interface Backup {
  readonly root: Directory;
}

/** What a store holds that it did not hold before. */
export interface StoreChanges {
  /** Whether these are all its entries. */
  readonly isFirst: boolean;
  /** By key, the value that it has now; undefined: it is gone. */
  readonly changes: readonly { readonly key: Buffer; readonly value: Buffer | undefined }[];
}

/**
 * A machine's disk in the hands of an experimenter: it is looked at and spoilt behind the back of every process, and no event happens.
 * Files are as the page cache has them.
 */
export class Platter {
  readonly #image: DiskImage;
  /** The store that was looked for last. */
  #found: { readonly path: string; readonly root: Directory; readonly nameChanges: number; readonly directory: Directory } | undefined;

  constructor(image: DiskImage) {
    this.#image = image;
  }

  /** The path of every file, sorted. */
  files(): string[] {
    return [...pathsBelow(this.#image.root, "")].sort();
  }

  /** Names in a directory, sorted; none where there is no such directory. */
  list(path: string): string[] {
    const entry = this.#image.find(path);
    return entry instanceof Directory ? [...entry.entries.keys()].sort() : [];
  }

  /** What a file holds now; undefined where there is none. The bytes change with the file and are not to be changed. */
  bytes(path: string): Buffer | undefined {
    const entry = this.#image.find(path);
    return entry instanceof Inode ? entry.bytes : undefined;
  }

  /** Bytes that all files hold together. */
  get usedBytes(): number {
    return this.#image.usedBytes;
  }

  /** How many syncs of files have failed on this machine. */
  get failedSyncs(): number {
    return this.#image.failedSyncs;
  }

  /** Rot: turns one bit over, in the page cache and for ever. */
  flipBit(path: string, position: number, bit: number): void {
    this.#image.file(path).flipBit(position, bit);
  }

  /** Takes the end of a file away. */
  shorten(path: string, sizeBytes: number): void {
    const file = this.#image.file(path);
    assert(sizeBytes <= file.sizeBytes, "a file is shortened", { path, sizeBytes, hasBytes: file.sizeBytes });
    file.truncate(sizeBytes);
  }

  /** Where misdirected writes have gone since the last call: the path of each file that holds something else than was written. */
  takeMisdirected(): string[] {
    return this.#image.misdirected.splice(0);
  }

  /** Rot in a store: one bit of what is stored under its `index`-th key, counted round. False where the store is empty. */
  rotStore(path: string, index: number, bit: number): boolean {
    const store = this.#storeAt(path);
    const entries = [...(store?.range({}) ?? [])];
    const entry = entries[index % Math.max(1, entries.length)];
    if (entry === undefined) return false;
    const rotten = Buffer.from(entry.stored);
    rotten[Math.floor(bit / 8) % rotten.length]! ^= 1 << (bit % 8);
    store!.set(entry.key, rotten);
    return true;
  }

  /**
   * What has changed in a store since the last call, in its order, without the checksums; of a store that was never looked at, or is another
   * one than before, everything. Undefined where there is no store. Throws DATA_DAMAGED where a value is rotten.
   */
  takeStoreChanges(path: string): StoreChanges | undefined {
    const taken = this.#storeAt(path)?.takeChanges();
    return (
      taken && {
        isFirst: taken.isFirst,
        changes: taken.changes.map(({ key, stored }) => ({ key, value: stored && valueOf(key, stored, path) })),
      }
    );
  }

  /** Copies everything, as a backup of a running machine does. */
  copy(): Backup {
    return { root: copied(this.#image.root) };
  }

  /** Puts a backup in the place of everything. No process may live. */
  restore({ root }: Backup): void {
    this.#image.root = copied(root);
  }

  /** Another, empty disk in the place of this one. No process may live. */
  wipe(): void {
    this.restore({ root: new Directory() });
  }

  #storeAt(path: string): OrderedEntries | undefined {
    const { root, nameChanges } = this.#image;
    const found = this.#found;
    // Whoever follows a store asks for it after every event, and names rarely change.
    if (found?.path === path && found.root === root && found.nameChanges === nameChanges) return found.directory.store;
    const directory = this.#image.find(path);
    if (!(directory instanceof Directory)) return undefined;
    this.#found = { path, root, nameChanges, directory };
    return directory.store;
  }
}

function* pathsBelow(directory: Directory, above: string): Generator<string> {
  for (const [name, entry] of directory.entries) {
    if (entry instanceof Directory) yield* pathsBelow(entry, `${above}/${name}`);
    else yield `${above}/${name}`;
  }
}

/** A copy of which everything is synced. */
function copied(directory: Directory): Directory {
  const copy = new Directory();
  copy.modifiedMs = directory.modifiedMs;
  copy.store = directory.store?.copy();
  for (const [name, entry] of directory.entries) copy.entries.set(name, entry instanceof Directory ? copied(entry) : entry.copy());
  return copy;
}
