import type { DiskFile } from "@millrace/runtime";
import type { DirectoryEntries } from "./directory-entries.ts";
import type { OpenFiles } from "./open-files.ts";

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
