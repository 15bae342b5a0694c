import { errorOf } from "@millrace/contracts";
import type { Failure } from "@millrace/contracts/failure";

/** The one entry that was asked for; throws its failure. */
export function checked<Entry extends { readonly failure: Failure | null }>(entry: Entry | undefined): Entry {
  if (entry === undefined) throw errorOf({ code: "UNKNOWN_SERVER_ERROR", facts: '{"reason":"an answer is missing"}' });
  if (entry.failure !== null) throw errorOf(entry.failure);
  return entry;
}
