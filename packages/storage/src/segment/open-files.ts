import type { Disk, DiskFile } from "@millrace/runtime";
import { assert, MillraceError } from "@millrace/vocabulary";
import type { DirectoryEntries } from "./directory-entries.ts";

/**
 * Keeps a bounded number of descriptors open: those in use, those that hold unsynced writes, and of the others the ones that
 * were used last. A directory may hold hundreds of thousands of segments; a process may open far fewer files.
 */
export class OpenFiles {
  readonly disk: Disk;
  readonly #countMax: number;
  /** Open, not in use and free to be closed; the one that has been idle longest comes first. */
  readonly #idle = new Set<StoredFile>();
  #count = 0;

  constructor(disk: Disk, countMax: number) {
    this.disk = disk;
    this.#countMax = countMax;
  }

  /** Descriptors that are open now. */
  get count(): number {
    return this.#count;
  }

  /** Opens a file, closing idle ones where the process has no descriptor left. */
  async open(path: string, mode: "write" | "create"): Promise<DiskFile> {
    this.#makeRoom(this.#countMax - 1);
    let file: DiskFile;
    try {
      file = await this.disk.open(path, mode);
    } catch (error) {
      if (!isOutOfDescriptors(error) || this.#idle.size === 0) throw error;
      this.#makeRoom(0);
      file = await this.disk.open(path, mode);
    }
    this.#count++;
    return file;
  }

  /** The file is open and nobody needs it now. */
  rest(file: StoredFile): void {
    this.#idle.add(file);
    this.#makeRoom(this.#countMax);
  }

  /** The file is needed again. */
  wake(file: StoredFile): void {
    this.#idle.delete(file);
  }

  closed(): void {
    this.#count--;
    assert(this.#count >= 0, "no more files are closed than were opened", { count: this.#count });
  }

  /** Closes everything that nobody needs. */
  async close(): Promise<void> {
    const closing = [...this.#idle].map((file) => file.close());
    this.#idle.clear();
    await Promise.all(closing);
  }

  #makeRoom(countMax: number): void {
    for (const file of this.#idle) {
      if (this.#count <= countMax) return;
      this.#idle.delete(file);
      void file.close();
    }
  }
}

/** Whether the process or the machine has run out of descriptors, which says nothing about the disk. */
export function isOutOfDescriptors(error: unknown): boolean {
  return error instanceof MillraceError && (error.facts.errno === "EMFILE" || error.facts.errno === "ENFILE");
}

/** One file of a segment: opened when first used, closed when others need its descriptor, followed when it is renamed. */
export class StoredFile {
  readonly #files: OpenFiles;
  readonly #entries: DirectoryEntries;
  #path: string;
  #exists: boolean;
  #handle: DiskFile | undefined;
  #opening: Promise<DiskFile> | undefined;
  #users = 0;
  #isHeld = false;

  /** @param exists whether the file is there; otherwise the first use makes it */
  constructor(files: OpenFiles, entries: DirectoryEntries, name: string, exists: boolean) {
    this.#files = files;
    this.#entries = entries;
    this.#path = `${entries.path}/${name}`;
    this.#exists = exists;
  }

  get path(): string {
    return this.#path;
  }

  /** Whether the file is on the disk, as far as is known. */
  get exists(): boolean {
    return this.#exists;
  }

  /** Does something with the open file. Operations may be under way together. */
  async use<Result>(operation: (file: DiskFile) => Promise<Result>): Promise<Result> {
    this.#users++;
    this.#files.wake(this);
    try {
      return await operation(this.#handle ?? (await this.#open()));
    } finally {
      this.#users--;
      this.#restIfIdle();
    }
  }

  /**
   * Keeps the descriptor open although nobody uses it: while it holds unsynced writes, since the error of a failed writeback
   * may be lost with the last descriptor.
   */
  hold(): void {
    this.#isHeld = true;
    this.#files.wake(this);
  }

  letGo(): void {
    this.#isHeld = false;
    this.#restIfIdle();
  }

  /** Gives the file another name in its directory. Whoever opens it from now on looks for it there. */
  async rename(name: string): Promise<void> {
    const from = this.#path;
    this.#path = `${this.#entries.path}/${name}`;
    await this.#files.disk.rename(from, this.#path);
    this.#entries.changed();
  }

  /** Closes the descriptor if nobody needs it; it is opened again when used. */
  async close(): Promise<void> {
    const handle = this.#handle;
    if (handle === undefined || this.#users > 0) return;
    this.#handle = undefined;
    this.#files.wake(this);
    this.#files.closed();
    // Nothing unsynced is behind it, so that a failing close loses nothing.
    await handle.close().catch(() => undefined);
  }

  #open(): Promise<DiskFile> {
    this.#opening ??= this.#openNow().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #openNow(): Promise<DiskFile> {
    const isNew = !this.#exists;
    const handle = await this.#files.open(this.#path, isNew ? "create" : "write");
    if (isNew) this.#entries.changed();
    this.#exists = true;
    this.#handle = handle;
    return handle;
  }

  #restIfIdle(): void {
    if (this.#users === 0 && !this.#isHeld && this.#handle !== undefined) this.#files.rest(this);
  }
}
