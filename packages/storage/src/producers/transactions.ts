import { assert, Offset, ProducerId } from "@millrace/vocabulary";
import type { AbortedRange } from "../segment/transaction-index.ts";

/** A transaction in this partition; in the order in which they began. */
export interface Transaction {
  readonly producerId: number;
  readonly firstOffset: Offset;
  /** Of its marker, once it has ended. */
  endedAt: Offset | undefined;
}

/** What a marker ended. */
export interface EndedTransaction extends AbortedRange {
  readonly isAbort: boolean;
}

/**
 * The transactions that readers of committed records must not read into: those that are open, and those whose marker is not yet
 * safe below the high watermark, since another leader may end them otherwise.
 */
export class Transactions {
  /** By first offset. Transactions begin in the order of the log, so the map stays sorted by itself. */
  readonly #unsettled = new Map<number, Transaction>();
  #endedCount = 0;

  /** First offset of the oldest one. */
  get firstOffset(): Offset | undefined {
    return this.#first()?.firstOffset;
  }

  all(): Iterable<Transaction> {
    return this.#unsettled.values();
  }

  /** Takes in one as a snapshot kept it. They must come in order. */
  restore(transaction: Transaction): void {
    this.#unsettled.set(transaction.firstOffset, { ...transaction });
    if (transaction.endedAt !== undefined) this.#endedCount++;
  }

  begin(producerId: number, firstOffset: Offset): void {
    this.#unsettled.set(firstOffset, { producerId, firstOffset, endedAt: undefined });
  }

  end(firstOffset: Offset, marker: Offset, isAbort: boolean): EndedTransaction {
    const transaction = this.#unsettled.get(firstOffset);
    assert(transaction !== undefined, "a transaction that ends has begun", { firstOffset });
    transaction.endedAt = marker;
    this.#endedCount++;
    const producerId = ProducerId(transaction.producerId);
    return { producerId, firstOffset, lastOffset: marker, isAbort, lastStableOffset: this.#firstOpen() ?? Offset(marker + 1) };
  }

  /** The high watermark has moved: markers below it are safe. */
  settleBelow(highWatermark: Offset): void {
    if (this.#endedCount === 0) return;
    for (const { firstOffset, endedAt } of this.#unsettled.values()) {
      if (endedAt === undefined || endedAt >= highWatermark) continue;
      this.#unsettled.delete(firstOffset);
      this.#endedCount--;
    }
  }

  #firstOpen(): Offset | undefined {
    for (const { firstOffset, endedAt } of this.#unsettled.values()) if (endedAt === undefined) return firstOffset;
    return undefined;
  }

  #first(): Transaction | undefined {
    for (const transaction of this.#unsettled.values()) return transaction;
    return undefined;
  }
}
