import type { Disk } from "@millrace/runtime";

/**
 * The names in one directory, and whether they would survive a power cut. Whoever makes, renames or removes a file says so here
 * once that is done; whoever needs the file to be found again asks for a sync.
 */
export class DirectoryEntries {
  readonly path: string;
  readonly #disk: Disk;
  #changes = 0;
  #synced = 0;

  constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.path = path;
  }

  get areUnsynced(): boolean {
    return this.#synced < this.#changes;
  }

  changed(): void {
    this.#changes++;
  }

  /** Makes every change so far survive. What is changed meanwhile may, or may not. */
  async sync(): Promise<void> {
    const changes = this.#changes;
    if (this.#synced >= changes) return;
    await this.#disk.syncDirectory(this.path);
    this.#synced = Math.max(this.#synced, changes);
  }
}
