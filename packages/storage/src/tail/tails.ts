import type { MemoryAccount, MemoryBudget, Pressure } from "@millrace/runtime";
import type { TailBatch } from "./tail.ts";

/** Under memory pressure the tails keep this share of what they may take, so that requests come through. */
const shareUnderPressure: Record<Pressure, number> = { none: 1, pause: 1, shrink: 0.25, refuse: 0 };

/**
 * What the tails of all logs hold together, and in which order it goes: the oldest batch of all first.
 *
 * A batch stays in the memory in which it came. The account is charged for the whole of that memory once, however many
 * batches lie in it, and relieved when the last of them goes: batches of one request go at about the same time, so sharing
 * costs less than copying would.
 */
export class Tails {
  readonly #account: MemoryAccount;
  readonly #bytesMax: () => number;
  readonly #stopWatching: () => void;
  /** How many batches lie in each piece of memory that is pinned. */
  readonly #pinned = new Map<ArrayBufferLike, number>();
  #oldest: TailBatch | undefined;
  #newest: TailBatch | undefined;
  #share = 1;
  #isEvicting = false;

  constructor(budget: MemoryBudget, bytesMax: () => number) {
    this.#account = budget.account("tail");
    this.#bytesMax = bytesMax;
    this.#stopWatching = budget.watch((pressure) => this.#yield(pressure));
  }

  /** Bytes of memory that the tails pin. */
  get pinnedBytes(): number {
    return this.#account.bytes;
  }

  /** Takes a batch in, as the newest of all. */
  add(batch: TailBatch): void {
    batch.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = batch;
    else this.#newest.newer = batch;
    this.#newest = batch;
    const memory = batch.bytes.buffer;
    const sharing = this.#pinned.get(memory) ?? 0;
    this.#pinned.set(memory, sharing + 1);
    if (sharing === 0) this.#account.charge(memory.byteLength);
  }

  /** Lets a batch go; its tail has done so. */
  remove(batch: TailBatch): void {
    if (batch.older === undefined) this.#oldest = batch.newer;
    else batch.older.newer = batch.newer;
    if (batch.newer === undefined) this.#newest = batch.older;
    else batch.newer.older = batch.older;
    batch.older = batch.newer = undefined;
    const memory = batch.bytes.buffer;
    const sharing = this.#pinned.get(memory)! - 1;
    if (sharing > 0) return void this.#pinned.set(memory, sharing);
    this.#pinned.delete(memory);
    this.#account.release(memory.byteLength);
  }

  /**
   * Lets the oldest batches go until the rest fits. What is not yet written stays: its write holds the memory anyway. Called after
   * writes.
   */
  evict(): void {
    if (this.#isEvicting) return;
    this.#isEvicting = true;
    const bytesMax = this.#bytesMax() * this.#share;
    while (this.#oldest !== undefined && this.#account.bytes > bytesMax && this.#oldest.tail.dropOldest());
    this.#isEvicting = false;
  }

  close(): void {
    this.#stopWatching();
  }

  #yield(pressure: Pressure): void {
    this.#share = shareUnderPressure[pressure];
    this.evict();
  }
}
