import type { Offset } from "@millrace/vocabulary";
import type { Segment } from "../segment/segment.ts";
import type { LogState } from "./log-state.ts";

/** A sync under way: it covers what had been written when it began. */
interface Sync {
  readonly covers: Offset;
  readonly done: Promise<void>;
}

/**
 * Makes a log survive a power cut. One sync is under way at a time, beside writes; whoever asks for one joins it if everything they
 * wrote had been written when it began, and otherwise the next one, which all of them share.
 */
export class Syncer {
  readonly #state: LogState;
  /** Segments with writes that are not synced; their descriptors stay open. */
  readonly #unsynced = new Set<Segment>();
  #current: Sync | undefined;
  #next: Promise<void> | undefined;
  #barrier: Promise<unknown> | undefined;

  constructor(state: LogState) {
    this.#state = state;
  }

  /** A write to the segment has completed, maybe in an earlier life. */
  wrote(segment: Segment): void {
    this.#unsynced.add(segment);
  }

  /** Segments that are no longer part of the log. */
  forget(segments: Iterable<Segment>): void {
    for (const segment of segments) this.#unsynced.delete(segment);
  }

  /** Resolves when everything written so far survives a power cut, or the log is removed. Rejects with KAFKA_STORAGE_ERROR; the directory has then failed. */
  sync(): Promise<void> {
    const { logEnd, syncedEnd, entries, around } = this.#state;
    const failure = this.#state.failure ?? around.failure();
    if (failure !== undefined) return Promise.reject(failure);
    const areEntriesSynced = !entries.areUnsynced && !around.root.areUnsynced;
    if (logEnd <= syncedEnd && areEntriesSynced) return Promise.resolve();
    if (this.#current !== undefined && this.#current.covers >= logEnd && areEntriesSynced) return this.#current.done;
    this.#next ??= this.#afterCurrent();
    return this.#next;
  }

  /** Does something while no sync is under way, and none begins. */
  async exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#isBusy) await this.#oneEnds();
    const result = work();
    this.#barrier = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#barrier = undefined;
    }
  }

  async #afterCurrent(): Promise<void> {
    // Once at least, so that those who ask in the same turn share it.
    do await this.#oneEnds();
    while (this.#isBusy);
    this.#next = undefined;
    this.#current = { covers: this.#state.logEnd, done: this.#syncNow() };
    try {
      await this.#current.done;
    } finally {
      this.#current = undefined;
    }
  }

  /** Whoever finds that nothing is under way must begin in the same step: others wait for the same moment. */
  get #isBusy(): boolean {
    return this.#current !== undefined || this.#barrier !== undefined;
  }

  async #oneEnds(): Promise<void> {
    await this.#current?.done.catch(() => undefined);
    await this.#barrier;
  }

  async #syncNow(): Promise<void> {
    const state = this.#state;
    // Nothing of a log that was removed needs to survive, and its files are elsewhere by now.
    if (state.refusal === "removed") return;
    const covers = state.logEnd;
    const segments = [...this.#unsynced];
    this.#unsynced.clear();
    try {
      for (const segment of segments) await segment.log.use((file) => file.sync());
      await state.entries.sync();
      await state.around.root.sync();
    } catch (cause) {
      throw state.around.fail(cause);
    }
    // Another log's sync may have failed meanwhile: nothing more counts in this life.
    const failure = state.around.failure();
    if (failure !== undefined) throw failure;
    for (const segment of segments) if (!this.#unsynced.has(segment)) segment.log.letGo();
    this.#advance(covers);
  }

  #advance(covers: Offset): void {
    const state = this.#state;
    if (covers <= state.syncedEnd) return;
    state.syncedEnd = covers;
    state.checkOrder();
    state.observer?.synced();
  }
}
