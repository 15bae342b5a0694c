import type { BatchView } from "@millrace/records";
import { readEndMarker } from "../producers/end-marker.ts";
import type { AbortedRange } from "../segment/transaction-index.ts";

/** An aborted transaction that the walk is in. */
interface Ongoing {
  readonly range: AbortedRange;
  /** Whether a batch of it was still there. */
  wasSeen: boolean;
}

/** What becomes of a marker. */
export interface MarkerFate {
  /** Nothing of its transaction is left, so that it may go after its horizon. */
  readonly isOfEmptyTransaction: boolean;
  /** The transaction that it aborted, to be kept in the index with it. */
  readonly aborted: AbortedRange | undefined;
}

/**
 * Follows the transactions of a log while its batches are walked through in order: which batches belong to an aborted one, and which
 * markers still mean something. A marker never goes before the records of its transaction.
 */
export class CleanedTransactions {
  /** Not begun yet, by first offset. */
  readonly #coming: AbortedRange[];
  #next = 0;
  readonly #aborted = new Map<number, Ongoing>();
  readonly #committed = new Set<number>();

  /** @param aborted the aborted transactions that touch the walk */
  constructor(aborted: readonly AbortedRange[]) {
    this.#coming = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset);
  }

  /** A batch of records. True: its transaction was aborted, and its records may go at once. */
  passBatch(batch: BatchView): boolean {
    this.#begin(batch.lastOffset);
    if (!batch.isTransactional) return false;
    const ongoing = this.#aborted.get(batch.producerId);
    if (ongoing === undefined) {
      this.#committed.add(batch.producerId);
      return false;
    }
    ongoing.wasSeen = true;
    return true;
  }

  passMarker(batch: BatchView): MarkerFate {
    this.#begin(batch.lastOffset);
    const marker = readEndMarker(batch);
    // Emptied by an earlier compaction, or of another kind.
    if (marker === undefined) return { isOfEmptyTransaction: batch.recordCount === 0, aborted: undefined };
    if (marker.outcome === "commit") return { isOfEmptyTransaction: !this.#committed.delete(batch.producerId), aborted: undefined };
    const ongoing = this.#aborted.get(batch.producerId);
    this.#aborted.delete(batch.producerId);
    return ongoing?.wasSeen ? { isOfEmptyTransaction: false, aborted: ongoing.range } : { isOfEmptyTransaction: true, aborted: undefined };
  }

  #begin(offset: number): void {
    for (let range = this.#coming[this.#next]; range !== undefined && range.firstOffset <= offset; range = this.#coming[++this.#next]) {
      if (!this.#aborted.has(range.producerId)) this.#aborted.set(range.producerId, { range, wasSeen: false });
    }
  }
}
