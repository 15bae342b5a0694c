import { misuse } from "../option-values.ts";
import type { PartitionBounds } from "../records/partition-bounds.ts";
import { parseSpot, type SpotText } from "../records/spot.ts";

/** Where a group is to go on: a place, or so many records from where it stands. */
export type Destination = Exclude<SpotText, { at: "last" }> | { readonly at: "shift"; readonly by: number };

/** What an option that takes a destination may say. */
export const destinationForms =
  "start, end, an offset (120), +10 or -10 from where it stands, or a time (@2026-01-31T12:00:00Z, @1700000000000, @-15m)";

/** Reads a destination. CONFIGURATION_INVALID for what is none. */
export function parseDestination(text: string, option: string, nowMs: number): Destination {
  if (/^[+-]\d{1,15}$/.test(text)) return { at: "shift", by: Number(text) };
  if (!/^(start|end|\d{1,15}|@.+)$/.test(text)) throw misuse(`${option}: must be ${destinationForms}, not ${JSON.stringify(text)}`);
  return parseSpot(text, option, nowMs) as Exclude<SpotText, { at: "last" }>;
}

/**
 * The offset of a destination in a partition, within its bounds.
 *
 * @param committed where the group stands; undefined: nowhere, which counts as the log's start
 * @param ofTime the first offset of the destination's time; for such alone
 */
export function destinationIn(
  destination: Destination,
  { logStart, logEnd }: PartitionBounds,
  committed: number | undefined,
  ofTime: number | undefined,
): number {
  const wanted = wantedOffset();
  return Math.min(logEnd, Math.max(logStart, wanted));

  function wantedOffset(): number {
    switch (destination.at) {
      case "start":
        return logStart;
      case "end":
        return logEnd;
      case "offset":
        return destination.offset;
      case "time":
        return ofTime!;
      case "shift":
        return (committed ?? logStart) + destination.by;
    }
  }
}
