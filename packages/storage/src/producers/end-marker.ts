import { type BatchView, type EndTransactionMarker, readMarker, readRecords, recordsOf } from "@millrace/records";

/** How the transaction ended that a control batch ends; undefined where it ends none, or compaction has emptied it. */
export function readEndMarker(batch: BatchView): EndTransactionMarker | undefined {
  if (batch.recordCount === 0) return undefined;
  try {
    for (const record of readRecords(batch, recordsOf(batch))) return readMarker(record);
  } catch {
    // Only a broker writes control batches. One that cannot be read ends nothing, and must not keep the log from being opened.
  }
  return undefined;
}
