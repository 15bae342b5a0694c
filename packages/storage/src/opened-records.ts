import { type BatchView, decompressRecords } from "@millrace/records";
import { MiB } from "@millrace/vocabulary";

/** No batch is opened to more than this: more than any client sends, less than would exhaust a broker's memory. */
export const openedBytesMax: number = 256 * MiB;

/** The records of a batch, out of its compression. Throws CORRUPT_MESSAGE, and MESSAGE_TOO_LARGE past `openedBytesMax`. */
export function openedRecords(batch: BatchView): Buffer {
  return decompressRecords(batch, openedBytesMax);
}
