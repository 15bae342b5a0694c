import type { Clock, Logger } from "@millrace/runtime";
import { MiB } from "@millrace/vocabulary";
import type { LogState } from "../log/log-state.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { Recurring } from "./recurring.ts";

export interface WrittenPointsParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The log with this state; undefined once it is removed, when nothing more may be kept of it. */
  readonly logOf: (state: LogState) => PartitionLog | undefined;
  /** Whether noting makes no sense now: the disk is full, or has failed. */
  readonly isHeld: () => boolean;
}

/** How often logs are looked at at least. */
const roundMs = 250;
/** With so much past the written points of all logs together a round begins, and notes the logs that are furthest behind ... */
const noteFromBytes: number = 16 * MiB;
/** ... until so much is left. What comes while notes are being written has the rest of what a start after a crash may read, 128 MiB. */
const noteToBytes: number = 8 * MiB;
/** Notes under way at once, so that one that a busy disk holds up does not hold up the others. */
const notesMax = 8;
/** Producers are noted whole each time: a log grows by so many times their size first. */
const pointShare = 4;

/**
 * Keeps the written points of all logs close to their ends. Flushes keep recovery points close, as long as the disk keeps up with the
 * producers; where it does not, as a page cache allows for gigabytes, a crash of the process alone must not cost a start that reads them
 * all.
 */
export class WrittenPoints {
  readonly #parts: WrittenPointsParts;
  /** The bytes past the written points of logs, as they were told or looked at last. */
  readonly #behind = new Map<LogState, number>();
  readonly #noting: Recurring;
  #totalBytes = 0;
  /** Set while a round is asked for. */
  #isAsked = false;

  constructor(parts: WrittenPointsParts) {
    const { clock, logger } = parts;
    this.#parts = parts;
    this.#noting = new Recurring(clock, logger, {
      name: "written points",
      intervalMs: () => roundMs,
      run: () => this.#round(),
      isIdle: () => this.#behind.size === 0,
    });
  }

  /** A log has been written to. */
  dirtied(log: LogState): void {
    this.#look(log);
    this.#noting.wake();
    if (this.#isAsked || this.#totalBytes < noteFromBytes) return;
    this.#isAsked = true;
    this.#parts.clock.afterTurn(() => this.#noting.now());
  }

  /** Begins nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    await this.#noting.stop();
  }

  async #round(): Promise<void> {
    for (const log of this.#behind.keys()) this.#look(log);
    const due = this.#parts.isHeld() ? [] : this.#due();
    const noteNext = async (): Promise<void> => {
      for (let log = due.shift(); log !== undefined; log = due.shift()) await this.#note(log);
    };
    await Promise.all(Array.from({ length: notesMax }, noteNext));
    this.#isAsked = false;
  }

  async #note(log: LogState): Promise<void> {
    await this.#parts.logOf(log)?.noteWritten();
    this.#look(log);
  }

  #look(log: LogState): void {
    const bytes = this.#parts.logOf(log) === undefined ? 0 : log.unnotedBytes;
    this.#totalBytes += bytes - (this.#behind.get(log) ?? 0);
    if (bytes === 0) this.#behind.delete(log);
    else this.#behind.set(log, bytes);
  }

  /** The logs to note, the one that is furthest behind first. */
  #due(): LogState[] {
    const due: LogState[] = [];
    let leftBytes = this.#totalBytes;
    if (leftBytes < noteFromBytes) return due;
    for (const [log, bytes] of [...this.#behind].toSorted(([, a], [, b]) => b - a)) {
      if (leftBytes <= noteToBytes) break;
      if (bytes < log.notedPointBytes * pointShare) continue;
      leftBytes -= bytes;
      due.push(log);
    }
    return due;
  }
}
