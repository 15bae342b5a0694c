import type { Clock, Kv, Logger } from "@millrace/runtime";
import { MiB, secondMs } from "@millrace/vocabulary";
import { marksChange } from "../log/hints.ts";
import type { LogState } from "../log/log-state.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { Recurring } from "./recurring.ts";

/** What the flusher works with. */
export interface FlusherParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly state: Kv;
  /** The log with this state; undefined once it is removed, when nothing more may be kept of it. */
  readonly logOf: (state: LogState) => PartitionLog | undefined;
  /** Whether flushing makes no sense now: the disk is full, or has failed. */
  readonly isHeld: () => boolean;
}

/** How often logs are looked at. */
const roundMs: number = secondMs;
/** A recovery point is at most 30 s behind: a flush that begins at this age has the rest for itself. */
const flushAgeMs: number = 20 * secondMs;
/** A recovery point is at most 64 MiB behind: a flush that begins at half of it ends before, unless the disk is slower than the writers. */
const flushLogBytes: number = 32 * MiB;
/** A log with less past its recovery point does not make anybody look at all the others. */
const lookAgainBytes: number = 8 * MiB;
/** All logs together: what a recovery has to read. */
const flushTotalBytes: number = 64 * MiB;
/** Flushes under way at once: their commits share a sync, and other work still finds a thread. */
const flushesMax = 2;
/** High watermarks and log starts are kept this often. */
const marksIntervalMs: number = 5 * secondMs;
/** Marks in one commit. */
const marksPerCommit = 1000;

/** When a log was first written to past its recovery point. */
type DirtySince = Map<LogState, number>;

/** Keeps the recovery points of all logs close to their ends, and their marks in the store. */
export class Flusher {
  readonly #parts: FlusherParts;
  readonly #dirty: DirtySince = new Map();
  readonly #marked = new Set<LogState>();
  readonly #flushing: Recurring;
  readonly #marking: Recurring;
  /** Set while a round is asked for, so that not every write looks at all logs. */
  #isAsked = false;

  constructor(parts: FlusherParts) {
    const { clock, logger } = parts;
    this.#parts = parts;
    this.#flushing = new Recurring(clock, logger, {
      name: "flush",
      intervalMs: () => roundMs,
      run: () => this.#round(),
      isIdle: () => this.#dirty.size === 0,
    });
    this.#marking = new Recurring(clock, logger, {
      name: "marks",
      intervalMs: () => marksIntervalMs,
      run: () => this.#keepMarks(),
      isIdle: () => this.#marked.size === 0,
    });
  }

  /** A log has been written to. */
  dirtied(log: LogState): void {
    this.#note(log);
    if (this.#isAsked || log.dirtyBytes < lookAgainBytes) return;
    if (log.dirtyBytes < flushLogBytes && this.#totalBytes() < flushTotalBytes) return;
    this.#isAsked = true;
    this.#parts.clock.afterTurn(() => this.#flushing.now());
  }

  marked(log: LogState): void {
    this.#marked.add(log);
    this.#marking.wake();
  }

  /** Begins nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    await this.#flushing.stop();
    await this.#marking.stop();
  }

  async #round(): Promise<void> {
    this.#isAsked = false;
    if (this.#parts.isHeld()) return;
    const due = this.#due();
    const flushNext = async (): Promise<void> => {
      for (let log = due.pop(); log !== undefined; log = due.pop()) await this.#flush(log);
    };
    await Promise.all(Array.from({ length: flushesMax }, flushNext));
  }

  /** The logs to flush, the most urgent one last. */
  #due(): LogState[] {
    const nowMs = this.#parts.clock.monotonicMs();
    const byBytes = [...this.#dirty.keys()].sort((a, b) => a.dirtyBytes - b.dirtyBytes);
    let totalBytes = this.#totalBytes();
    const isDue = (log: LogState) => {
      const ageMs = nowMs - this.#dirty.get(log)!;
      const isOld = ageMs >= Math.min(flushAgeMs, log.settings()["flush.ms"]);
      if (!isOld && log.dirtyBytes < flushLogBytes && totalBytes < flushTotalBytes) return false;
      totalBytes -= log.dirtyBytes;
      return true;
    };
    return byBytes.toReversed().filter(isDue).toReversed();
  }

  #totalBytes(): number {
    let total = 0;
    for (const log of this.#dirty.keys()) total += log.dirtyBytes;
    return total;
  }

  async #flush(state: LogState): Promise<void> {
    this.#dirty.delete(state);
    const log = this.#parts.logOf(state);
    if (log === undefined) return;
    try {
      await log.flush({ syncIndexes: false });
    } finally {
      if (state.dirtyBytes > 0) this.#note(state);
    }
  }

  #note(log: LogState): void {
    if (this.#dirty.has(log)) return;
    this.#dirty.set(log, this.#parts.clock.monotonicMs());
    this.#flushing.wake();
  }

  async #keepMarks(): Promise<void> {
    if (this.#parts.isHeld()) return;
    while (this.#marked.size > 0) {
      const logs = [...this.#marked].slice(0, marksPerCommit);
      for (const log of logs) this.#marked.delete(log);
      const present = logs.filter((log) => this.#parts.logOf(log) !== undefined);
      await this.#parts.state.commit(present.map((log) => marksChange(log.id, log.marks())));
    }
  }
}
