import type { Disk } from "@millrace/runtime";
import { MiB } from "@millrace/vocabulary";

/** Bytes written at once while the reserve is made. */
const stepBytes: number = MiB;

/**
 * A file that holds room on the disk, to be given up when there is no other. It is written, not only extended, since a
 * file of holes holds nothing.
 */
export class Reserve {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #sizeBytes: number;

  constructor(disk: Disk, path: string, sizeBytes: number) {
    this.#disk = disk;
    this.#path = path;
    this.#sizeBytes = sizeBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Makes the reserve where it is missing or too small. Rejects with DISK_FULL, and leaves nothing, where there is no room. */
  async take(): Promise<void> {
    const entry = await this.#disk.stat(this.#path);
    if (entry?.sizeBytes === this.#sizeBytes || this.#sizeBytes === 0) return;
    try {
      await this.#write();
    } catch (error) {
      await this.giveUp();
      throw error;
    }
  }

  async giveUp(): Promise<void> {
    await this.#disk.remove(this.#path);
  }

  async #write(): Promise<void> {
    await this.#disk.remove(this.#path);
    const file = await this.#disk.open(this.#path, "create");
    try {
      const zeros = Buffer.alloc(Math.min(stepBytes, this.#sizeBytes));
      for (let position = 0; position < this.#sizeBytes; position += zeros.length)
        await file.write([zeros.subarray(0, Math.min(zeros.length, this.#sizeBytes - position))], position);
    } finally {
      await file.close();
    }
  }
}
