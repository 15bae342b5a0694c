import type { Clock, Kv } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import { endOf, type LogEntry } from "./entry.ts";
import type { QuorumFollower } from "./quorum.ts";
import { readEntries } from "./store.ts";
import { nextTurn } from "./turn.ts";

/** So many records are folded in a few milliseconds; a longer entry is handed over whole, for the follower to divide. */
const recordsPerTurn = 500;

interface Waiter {
  readonly end: Offset;
  readonly reached: () => void;
}

/**
 * Hands what is committed to the follower, in order, as it lies in the store: what is folded is what was stored. Callers wait
 * for a place in the log; they are told in the order of their calls.
 */
export class HandOver {
  readonly #kv: Kv;
  readonly #clock: Clock;
  readonly #follower: QuorumFollower;
  readonly #onFailure: (error: unknown) => void;
  #waiters: Waiter[] = [];
  #position: Offset;
  #committedEnd: Offset;
  #running: Promise<void> | undefined;
  #isStopped = false;

  /** @param position everything below it has been handed over */
  constructor(kv: Kv, clock: Clock, position: Offset, follower: QuorumFollower, onFailure: (error: unknown) => void) {
    this.#kv = kv;
    this.#clock = clock;
    this.#position = position;
    this.#committedEnd = position;
    this.#follower = follower;
    this.#onFailure = onFailure;
  }

  /** Everything below `end` is committed. */
  advance(end: Offset): void {
    this.#committedEnd = end;
    if (!this.#isStopped) this.#running ??= this.#run();
  }

  /** Calls back once everything below `end`, which is not lower than that of the call before, has been handed over. */
  whenAt(end: Offset, reached: () => void): void {
    this.#waiters.push({ end, reached });
    this.#tell();
  }

  /** Ends: nobody is told any more. Resolves when the follower is through with what it has. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiters = [];
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#position < this.#committedEnd && !this.#isStopped) {
        for (const entry of readEntries(this.#kv, this.#position, this.#committedEnd, recordsPerTurn)) await this.#handOver(entry);
        if (this.#position < this.#committedEnd) await nextTurn(this.#clock);
      }
    } catch (error) {
      if (!this.#isStopped) this.#onFailure(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #handOver(entry: LogEntry): Promise<void> {
    if (this.#isStopped) return;
    const { offset, term, payload } = entry;
    if (payload.kind === "records") await this.#follower.committed(offset, term, payload.records as Buffer[]);
    this.#position = endOf(entry);
    this.#tell();
  }

  #tell(): void {
    let told = 0;
    for (; told < this.#waiters.length && this.#waiters[told]!.end <= this.#position; told++) {
      if (!this.#isStopped) this.#waiters[told]!.reached();
    }
    this.#waiters.splice(0, told);
  }
}
