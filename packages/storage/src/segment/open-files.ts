import type { Disk, DiskFile } from "@millrace/runtime";
import { assert, MillraceError } from "@millrace/vocabulary";
import type { StoredFile } from "./stored-file.ts";

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
