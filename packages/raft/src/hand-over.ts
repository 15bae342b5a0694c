import type { Clock, Kv } from "@millrace/runtime";
import type { Offset } from "@millrace/vocabulary";
import { endOf, type LogEntry } from "./entry.ts";
import type { QuorumFollower } from "./quorum.ts";
import { readEntries } from "./store.ts";
import { nextTurn } from "./turn.ts";

/** So many records are folded in a few milliseconds; a longer entry is handed over whole, for the follower to divide. */
const recordsPerTurn = 500;

export interface HandOverOptions {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly follower: QuorumFollower;
  /** Everything below has been handed over. */
  readonly onPosition: (position: Offset) => void;
  /** The follower could not follow, or the store was damaged. */
  readonly onFailure: (error: unknown) => void;
}

/** Hands what is committed to the follower, in order, as it lies in the store: what is folded is what was stored. */
export class HandOver {
  readonly #options: HandOverOptions;
  #position: Offset;
  #committedEnd: Offset;
  /** A snapshot that comes before everything else. */
  #restoring: { readonly end: Offset; readonly restore: () => Promise<void> } | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  /** @param position everything below it has been handed over */
  constructor(position: Offset, options: HandOverOptions) {
    this.#options = options;
    this.#position = position;
    this.#committedEnd = position;
  }

  get position(): Offset {
    return this.#position;
  }

  /** Everything below `end` is committed, and durable. */
  advance(end: Offset): void {
    this.#committedEnd = end;
    if (!this.#isStopped && this.#position < end) this.#running ??= this.#run();
  }

  /** A snapshot has taken the place of the log: the follower begins anew from it. */
  restore(end: Offset, restore: () => Promise<void>): void {
    this.#restoring = { end, restore };
    this.advance(end);
  }

  /** Ends: nobody is told any more. Resolves when the follower is through with what it has. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#position < this.#committedEnd && !this.#isStopped) {
        if (this.#restoring !== undefined) await this.#restore(this.#restoring);
        else await this.#handOverSome();
        if (this.#position < this.#committedEnd) await nextTurn(this.#options.clock);
      }
    } catch (error) {
      if (!this.#isStopped) this.#options.onFailure(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #restore({ end, restore }: { end: Offset; restore: () => Promise<void> }): Promise<void> {
    this.#restoring = undefined;
    await restore();
    this.#reach(end);
  }

  async #handOverSome(): Promise<void> {
    for (const entry of readEntries(this.#options.kv, this.#position, this.#committedEnd, recordsPerTurn)) {
      if (this.#isStopped || this.#restoring !== undefined) return;
      await this.#handOver(entry);
    }
  }

  async #handOver(entry: LogEntry): Promise<void> {
    const { offset, term, payload } = entry;
    if (payload.kind === "records") await this.#options.follower.committed(offset, term, payload.records as Buffer[]);
    this.#reach(endOf(entry));
  }

  #reach(position: Offset): void {
    this.#position = position;
    if (!this.#isStopped) this.#options.onPosition(position);
  }
}
