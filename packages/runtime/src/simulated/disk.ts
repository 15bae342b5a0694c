import { MillraceError } from "@millrace/vocabulary";
import { diskError } from "../disk-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { DirectoryClaim, Disk, DiskCounters, DiskEntry, DiskFile } from "../ports/disk.ts";
import type { Chance } from "./chance.ts";
import { Directory } from "./directory.ts";
import { SimulatedDiskFile } from "./disk-file.ts";
import { DiskFault, type DiskImage } from "./disk-image.ts";
import type { DiskOperation, MachineFaults } from "./faults.ts";
import type { Life } from "./life.ts";

/** What the disk of one process works with. */
export interface DiskParts {
  readonly life: Life;
  readonly image: DiskImage;
  readonly clock: Clock;
  readonly chance: Chance;
  /** As they are now. */
  readonly faults: () => MachineFaults["disk"];
}

/** A machine's disk, as one process sees it. */
export class SimulatedDisk implements Disk {
  readonly counters: DiskCounters = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0, syncs: 0 };
  readonly #parts: DiskParts;

  constructor(parts: DiskParts) {
    this.#parts = parts;
  }

  open(path: string, mode: "read" | "write" | "create"): Promise<DiskFile> {
    const { image, clock } = this.#parts;
    return this.#operate("open", path, () => {
      const inode = mode === "create" ? image.create(path, clock.wallMs()) : image.file(path);
      return new SimulatedDiskFile(path, inode, mode !== "read", this.#parts, this.counters);
    });
  }

  stat(path: string): Promise<DiskEntry | undefined> {
    return this.#operate("stat", path, () => {
      const entry = this.#parts.image.find(path);
      if (entry === undefined) return undefined;
      if (entry instanceof Directory) return { kind: "directory", sizeBytes: 0, modifiedMs: entry.modifiedMs };
      return { kind: "file", sizeBytes: entry.sizeBytes, modifiedMs: entry.modifiedMs };
    });
  }

  list(directory: string): Promise<string[]> {
    return this.#operate("list", directory, () => [...this.#parts.image.directory(directory).entries.keys()].sort());
  }

  makeDirectory(directory: string): Promise<void> {
    const { image, clock } = this.#parts;
    return this.#operate("makeDirectory", directory, () => image.makeDirectory(directory, clock.wallMs()));
  }

  rename(from: string, to: string): Promise<void> {
    const { image, clock } = this.#parts;
    return this.#operate("rename", to, () => image.rename(from, to, clock.wallMs()));
  }

  remove(path: string): Promise<void> {
    const { image, clock } = this.#parts;
    return this.#operate("remove", path, () => image.remove(path, clock.wallMs()));
  }

  async syncDirectory(path: string): Promise<void> {
    const found = this.#parts.image.find(path);
    const synced = found instanceof Directory ? found.beginSync() : undefined;
    await this.#operate("syncDirectory", path, () => {
      this.#parts.image.directory(path);
      this.counters.syncs++;
      synced?.();
    });
  }

  freeBytes(directory: string): Promise<number> {
    const { image, faults } = this.#parts;
    return this.#operate("freeBytes", directory, () => {
      image.directory(directory);
      return Math.max(0, faults().capacityBytes - image.usedBytes);
    });
  }

  claim(directory: string): Promise<DirectoryClaim> {
    const { image, life } = this.#parts;
    return this.#operate("claim", directory, () => {
      image.directory(directory);
      if (image.claims.has(directory)) throw new MillraceError("DATA_IN_USE", { directory });
      image.claims.set(directory, life);
      return {
        release: () =>
          life.settle(0, () => {
            if (image.claims.get(directory) === life) image.claims.delete(directory);
          }),
      };
    });
  }

  #operate<Value>(operation: DiskOperation, path: string, act: () => Value): Promise<Value> {
    const { life, chance, faults } = this.#parts;
    const takesUs = chance.within(operation === "syncDirectory" ? faults().syncUs : faults().operationUs);
    return life.settle(takesUs, () => {
      const errno = this.#parts.image.faultOf(operation, faults());
      if (errno !== undefined) throw diskError(operation, path, errno);
      try {
        return act();
      } catch (error) {
        throw error instanceof DiskFault ? diskError(operation, path, error.errno, error) : error;
      }
    });
  }
}
