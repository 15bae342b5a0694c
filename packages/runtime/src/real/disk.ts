import fs from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { diskError } from "../disk-error.ts";
import type { DirectoryClaim, Disk, DiskCounters, DiskEntry, DiskFile } from "../ports/disk.ts";
import { claimDirectory, isClaimName } from "./claim.ts";
import { RealDiskFile } from "./disk-file.ts";
import { errnoOf } from "./errno.ts";
import { PromptWrites } from "./prompt-writes.ts";

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = fs.constants;
const flags = { read: O_RDONLY, write: O_RDWR, create: O_RDWR | O_CREAT | O_EXCL } as const;

/** What is stored belongs to the broker's user alone: it may hold secrets. */
const fileMode = 0o600;
const directoryMode = 0o700;

/** The machine's file systems. */
export class RealDisk implements Disk {
  readonly counters: DiskCounters = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0, syncs: 0 };

  readonly #prompt = new PromptWrites();

  open(path: string, mode: "read" | "write" | "create"): Promise<DiskFile> {
    return new Promise((resolve, reject) =>
      fs.open(path, flags[mode], fileMode, (error, descriptor) =>
        error
          ? reject(diskError("open", path, errnoOf(error), error))
          : resolve(new RealDiskFile(path, descriptor, { counters: this.counters, prompt: this.#prompt })),
      ),
    );
  }

  async stat(path: string): Promise<DiskEntry | undefined> {
    const stats = await named("stat", path, () => unlessMissing(stat(path)));
    if (stats === undefined) return undefined;
    return { kind: stats.isDirectory() ? "directory" : "file", sizeBytes: stats.size, modifiedMs: Math.floor(stats.mtimeMs) };
  }

  /** A claim's own entries are left out. */
  async list(directory: string): Promise<string[]> {
    const names = await named("list", directory, () => readdir(directory));
    return names.filter((name) => !isClaimName(name)).sort();
  }

  async makeDirectory(directory: string): Promise<void> {
    await named("makeDirectory", directory, () => mkdir(directory, { recursive: true, mode: directoryMode }));
  }

  rename(from: string, to: string): Promise<void> {
    return named("rename", to, () => rename(from, to));
  }

  remove(path: string): Promise<void> {
    return named("remove", path, () => rm(path, { recursive: true, force: true }));
  }

  syncDirectory(directory: string): Promise<void> {
    return named("syncDirectory", directory, async () => {
      const handle = await open(directory, O_RDONLY);
      try {
        await handle.sync();
        this.counters.syncs++;
      } finally {
        await handle.close();
      }
    });
  }

  async freeBytes(directory: string): Promise<number> {
    const { bavail, bsize } = await named("freeBytes", directory, () => statfs(directory));
    return bavail * bsize;
  }

  claim(directory: string): Promise<DirectoryClaim> {
    return named("claim", directory, () => claimDirectory(directory));
  }
}

/** Runs an operation, and says in its error what was done where. */
async function named<Value>(operation: string, path: string, operate: () => Promise<Value>): Promise<Value> {
  try {
    return await operate();
  } catch (error) {
    if (error instanceof Error && "errno" in error) throw diskError(operation, path, errnoOf(error), error);
    throw error;
  }
}

/** Undefined where nothing is, or where a file stands in the place of a directory on the way. */
async function unlessMissing<Value>(found: Promise<Value>): Promise<Value | undefined> {
  try {
    return await found;
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
