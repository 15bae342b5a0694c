import { batchHeaderBytes, batchMagic, BatchView } from "@millrace/records";

/**
 * Why the bytes at a place are no batch.
 *
 * - `incomplete`: it may be one, but its end lies past the bytes that are there: the mark of a write that was cut short.
 * - `broken`: it is none.
 */
export type BatchFault = "incomplete" | "broken";

/** Offsets in a log are safe integers; a larger one is a damaged field. */
const offsetMax = Number.MAX_SAFE_INTEGER;

/** A batch has fewer records than this, or the offsets of a segment could not be told in 31 bits. */
export const recordsPerBatchMax: number = 2 ** 30;

/**
 * Looks at the header of a batch and at its size, not at its checksum. The view stands where the batch should begin;
 * `end` is where the bytes end.
 */
export function headerFault(view: BatchView, end: number): BatchFault | undefined {
  if (view.start + batchHeaderBytes > end) return "incomplete";
  if (view.magic !== batchMagic || view.sizeBytes < batchHeaderBytes) return "broken";
  const { baseOffset, lastOffsetDelta } = view;
  if (baseOffset < 0 || baseOffset + lastOffsetDelta >= offsetMax) return "broken";
  if (lastOffsetDelta < 0 || lastOffsetDelta >= recordsPerBatchMax || view.recordCount < 0) return "broken";
  return view.start + view.sizeBytes > end ? "incomplete" : undefined;
}

/** As `headerFault`, and checks the checksum of a batch that is there whole. */
export function batchFault(view: BatchView, end: number): BatchFault | undefined {
  return headerFault(view, end) ?? (view.computeCrc() === view.crc ? undefined : "broken");
}
