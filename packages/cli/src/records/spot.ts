import { durationMs } from "../durations.ts";
import { misuse } from "../option-values.ts";

/** A place in a partition, as an option names it. */
export type SpotText =
  | { readonly at: "start" }
  | { readonly at: "end" }
  | { readonly at: "offset"; readonly offset: number }
  /** So many records before the end. */
  | { readonly at: "last"; readonly count: number }
  /** The first record of this time, or after it; milliseconds since 1970. */
  | { readonly at: "time"; readonly timestampMs: number };

/** What an option that takes a place may say. */
export const spotForms = "start, end, an offset (120), the last records (-10), or a time (@2026-01-31T12:00:00Z, @1700000000000, @-15m)";

/** Reads a place. CONFIGURATION_INVALID for what is none. A time without a zone is local; `@-15m` is before `nowMs`. */
export function parseSpot(text: string, option: string, nowMs: number): SpotText {
  if (text === "start" || text === "end") return { at: text };
  if (/^\d{1,16}$/.test(text)) return { at: "offset", offset: Number(text) };
  if (/^-\d{1,16}$/.test(text)) return { at: "last", count: Number(text.slice(1)) };
  const timestampMs = text.startsWith("@") ? parseTime(text.slice(1), nowMs) : undefined;
  if (timestampMs === undefined) throw misuse(`${option}: must be ${spotForms}, not ${JSON.stringify(text)}`);
  return { at: "time", timestampMs };
}

function parseTime(text: string, nowMs: number): number | undefined {
  if (/^\d{1,16}$/.test(text)) return Number(text);
  if (text.startsWith("-")) {
    const agoMs = durationMs(text.slice(1));
    return agoMs === undefined ? undefined : nowMs - agoMs;
  }
  const timestampMs = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(timestampMs) ? undefined : timestampMs;
}
