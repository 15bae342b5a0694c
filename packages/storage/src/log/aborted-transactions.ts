import type { Offset } from "@millrace/vocabulary";
import type { AbortedTransaction } from "../log-contract.ts";
import type { AbortedRange } from "../segment/transaction-index.ts";
import type { LogState } from "./log-state.ts";

/** What `Log.abortedTransactions` promises. */
export async function abortedTransactions(state: LogState, from: Offset, to: Offset): Promise<AbortedTransaction[]> {
  const aborted = await abortedRanges(state, { from, to });
  return aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset }));
}

/**
 * As `abortedTransactions`, with everything that the indexes say. A transaction stands in the index of the segment that holds its
 * marker, which may lie far behind its records: the search ends at a marker before which every transaction that began below `to` had
 * ended.
 */
export async function abortedRanges({ segments }: LogState, { from, to }: { from: number; to: number }): Promise<AbortedRange[]> {
  const found: AbortedRange[] = [];
  for (const segment of segments.all.slice(segments.numberOf(from))) {
    for await (const aborted of segment.transactions.all()) {
      if (aborted.lastOffset >= from && aborted.firstOffset < to) found.push(aborted);
      if (aborted.lastStableOffset >= to) return found;
    }
  }
  return found;
}
