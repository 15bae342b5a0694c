import { MillraceError } from "@millrace/vocabulary";
import { delimitedFields } from "./wire.ts";

/**
 * The most entries of a message that are decoded. Empty ones take 2 bytes on the wire and some 200 in memory, so without a bound a
 * message of 100 MiB would fill the memory. A producer with more partitions at hand sends a second message.
 */
export const entriesMax = 10_000;

/** Counts a field's entries before anything is made of them. INVALID_REQUEST beyond `entriesMax`. */
export function boundEntries(type: { readonly name: string }, bytes: Buffer, number: number, inside?: (entry: Buffer) => void): void {
  let entries = 0;
  for (const entry of delimitedFields(bytes, number)) {
    if (++entries > entriesMax) throw new MillraceError("INVALID_REQUEST", { message: type.name, field: number, entriesMax });
    inside?.(entry);
  }
}
