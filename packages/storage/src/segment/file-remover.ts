import type { Clock, Disk, Logger, Timer } from "@millrace/runtime";
import { segmentFileKinds, segmentFileName } from "../names.ts";
import type { StoredFile } from "./stored-file.ts";
import type { Segment } from "./segment.ts";

/**
 * Removes the files of segments that are no longer part of a log: renamed at once, so that a restart does not take them
 * for part of it, and removed after a delay, for readers that are still in them.
 */
export class FileRemover {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #timers = new Set<Timer>();

  constructor(disk: Disk, clock: Clock, logger: Logger) {
    this.#disk = disk;
    this.#clock = clock;
    this.#logger = logger;
  }

  /**
   * Takes the files of segments out of the log and removes them `delayMs` later. Resolves when they are renamed, in the
   * order given and the log file before its indexes; a power cut may undo that until the directory is synced.
   */
  async retire(segments: readonly Segment[], delayMs: number): Promise<void> {
    const retired: StoredFile[] = [];
    for (const segment of segments) retired.push(...(await this.#rename(segment)));
    if (retired.length > 0) this.#later(delayMs, () => this.#removeFiles(retired));
  }

  /** Removes a file, or a directory with all it holds, after a delay. */
  removeLater(path: string, delayMs: number): void {
    this.#later(delayMs, () => this.#remove(path));
  }

  /** Leaves what is not removed yet to the next start. */
  close(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #later(delayMs: number, remove: () => Promise<void>): void {
    const timer = this.#clock.timer(delayMs, () => {
      this.#timers.delete(timer);
      void remove();
    });
    this.#timers.add(timer);
  }

  async #rename(segment: Segment): Promise<StoredFile[]> {
    const renamed: StoredFile[] = [];
    for (const kind of segmentFileKinds) {
      const file = segment.file(kind);
      file.letGo();
      if (!file.exists) continue;
      await file.rename(`${segmentFileName(segment.baseOffset, kind)}.deleted`);
      renamed.push(file);
    }
    return renamed;
  }

  async #removeFiles(files: readonly StoredFile[]): Promise<void> {
    for (const file of files) {
      // An open descriptor would keep the space.
      await file.close();
      await this.#remove(file.path);
    }
  }

  async #remove(path: string): Promise<void> {
    await this.#disk.remove(path).catch((error) => this.#logger.warn("file not removed", { path, error }));
  }
}
