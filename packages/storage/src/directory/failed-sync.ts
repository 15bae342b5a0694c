import type { Disk, DiskFile } from "@millrace/runtime";
import { MiB } from "@millrace/vocabulary";

const fileName = "sync-failed";
const chunkBytes: number = MiB;

/**
 * After a failed sync the kernel counts the pages as clean: whoever reads them finds them whole, and a later sync of theirs succeeds
 * without writing them (the fsync errors that PostgreSQL met in 2018). So a life that met one says so to the next one, in a file that
 * is itself never synced: it is there as long as those pages are. The next life then writes again what may not have reached the disk.
 */
export class FailedSyncNote {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #pageCacheId: string;

  /** @param pageCacheId names the page cache that the note speaks of; one about another cache says nothing */
  constructor(disk: Disk, directory: string, pageCacheId: string) {
    this.#disk = disk;
    this.#path = `${directory}/${fileName}`;
    this.#pageCacheId = pageCacheId;
  }

  /** Whether pages of this cache may look as if they were on the disk. */
  async isThere(): Promise<boolean> {
    const entry = await this.#disk.stat(this.#path);
    if (entry === undefined) return false;
    const file = await this.#disk.open(this.#path, "read");
    try {
      const bytes = Buffer.alloc(entry.sizeBytes);
      await file.read(bytes, 0);
      return bytes.toString("utf8") === this.#pageCacheId;
    } finally {
      await file.close();
    }
  }

  async write(): Promise<void> {
    await this.remove();
    const file = await this.#disk.open(this.#path, "create");
    try {
      await file.write([Buffer.from(this.#pageCacheId)], 0);
    } finally {
      await file.close();
    }
  }

  /** Everything has been written again, and synced. */
  async remove(): Promise<void> {
    await this.#disk.remove(this.#path);
  }
}

/** Writes what a file holds from a position on over itself, so that a sync takes it to the disk. Rejects where the disk does. */
export async function writeAgain(file: Pick<DiskFile, "read" | "write">, range: { from: number; to: number }): Promise<void> {
  for (let position = range.from; position < range.to; position += chunkBytes) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, range.to - position));
    const read = await file.read(chunk, position);
    if (read > 0) await file.write([chunk.subarray(0, read)], position);
  }
}

/** Writes every file of a store again and syncs it, before the store is opened. */
export async function writeStoreAgain(disk: Disk, directory: string): Promise<void> {
  if ((await disk.stat(directory)) === undefined) return;
  for (const name of await disk.list(directory)) {
    const file = await disk.open(`${directory}/${name}`, "write");
    try {
      await writeAgain(file, { from: 0, to: await file.size() });
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
