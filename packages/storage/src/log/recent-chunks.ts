import type { MemoryAccount, MemoryBudget } from "@millrace/runtime";
import type { Offset } from "@millrace/vocabulary";
import type { LogState } from "./log-state.ts";

/** Enough for sixteen groups of readers in different places of their logs: each needs the chunk it reads and the one behind it. */
const recentBytesMax = 16 * 2 ** 20;

/** Batches that were read from a disk and have passed their checks: everything of one log from an offset to the next. */
export interface Chunk {
  readonly log: LogState;
  readonly bytes: Buffer;
  /** The offset that was asked for: the first batch holds it. */
  readonly from: Offset;
  readonly nextOffset: Offset;
}

/**
 * What was read from the disk last, of all logs together, for those who read the same soon after: the other members of a crowd, and a
 * reader whose next chunk was fetched ahead. Least recently used goes first; under memory pressure nothing is kept.
 */
export class RecentChunks {
  readonly #account: MemoryAccount;
  readonly #stopWatching: () => void;
  /** By log; a log has few. */
  readonly #byLog = new Map<LogState, Chunk[]>();
  /** In the order of their last use. */
  readonly #all = new Set<Chunk>();
  #isWelcome = true;

  constructor(budget: MemoryBudget) {
    this.#account = budget.account("read");
    this.#stopWatching = budget.watch((pressure) => {
      this.#isWelcome = pressure === "none";
      if (!this.#isWelcome) this.#evict(0);
    });
  }

  /** The chunk that holds the batch at an offset. */
  find(log: LogState, offset: Offset): Chunk | undefined {
    const found = this.#byLog.get(log)?.find(({ from, nextOffset }) => from <= offset && offset < nextOffset);
    if (found === undefined) return undefined;
    this.#all.delete(found);
    this.#all.add(found);
    return found;
  }

  add(chunk: Chunk): void {
    if (!this.#isWelcome) return;
    const ofLog = this.#byLog.get(chunk.log);
    if (ofLog === undefined) this.#byLog.set(chunk.log, [chunk]);
    else ofLog.push(chunk);
    this.#all.add(chunk);
    this.#account.charge(chunk.bytes.buffer.byteLength);
    this.#evict(recentBytesMax);
  }

  /** A log has been cut, or replaced in part, or is gone. */
  forget(log: LogState): void {
    for (const chunk of this.#byLog.get(log) ?? []) this.#drop(chunk);
    this.#byLog.delete(log);
  }

  close(): void {
    this.#stopWatching();
    this.#evict(0);
  }

  #evict(bytesMax: number): void {
    for (const chunk of this.#all) {
      if (this.#account.bytes <= bytesMax) return;
      const ofLog = this.#byLog.get(chunk.log)!;
      ofLog.splice(ofLog.indexOf(chunk), 1);
      if (ofLog.length === 0) this.#byLog.delete(chunk.log);
      this.#drop(chunk);
    }
  }

  #drop(chunk: Chunk): void {
    this.#all.delete(chunk);
    this.#account.release(chunk.bytes.buffer.byteLength);
  }
}
