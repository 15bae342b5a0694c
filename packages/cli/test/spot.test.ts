import { expect, test } from "vitest";
import { parseSpot } from "../src/records/spot.ts";
import { faultsOf } from "./support/faults.ts";

const nowMs = Date.parse("2026-01-31T12:00:00Z");

test.each([
  ["start", { at: "start" }],
  ["end", { at: "end" }],
  ["120", { at: "offset", offset: 120 }],
  ["-10", { at: "last", count: 10 }],
  ["@1700000000000", { at: "time", timestampMs: 1_700_000_000_000 }],
  ["@2026-01-31T11:00:00Z", { at: "time", timestampMs: nowMs - 3_600_000 }],
  ["@-15m", { at: "time", timestampMs: nowMs - 900_000 }],
  ["@-1h30m", { at: "time", timestampMs: nowMs - 5_400_000 }],
])("%s is a place", (text, place) => {
  expect(parseSpot(text, "--from", nowMs)).toEqual(place);
});

test.each(["", "begin", "+10", "1.5", "@", "@tomorrow", "@-15", "@2026-13-01", "12345678901234567"])(
  "%j is none, and the error says what would be",
  (text) => {
    expect(faultsOf(() => parseSpot(text, "--from", nowMs))).toEqual([
      `--from: must be start, end, an offset (120), the last records (-10), or a time (@2026-01-31T12:00:00Z, @1700000000000, @-15m), not ${JSON.stringify(text)}`,
    ]);
  },
);
