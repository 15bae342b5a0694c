import { expect, test } from "vitest";
import { destinationIn, parseDestination } from "../src/groups/destination.ts";
import { faultsOf } from "./support/faults.ts";

const bounds = { topic: "orders", partition: 0, logStart: 100, logEnd: 200 };

test.each([
  ["start", 150, 100],
  ["end", 150, 200],
  ["120", 150, 120],
  ["+10", 150, 160],
  ["-10", 150, 140],
  ["-10", undefined, 100],
  ["+10", undefined, 110],
])("--to %s of a group that stands at %s is offset %s", (text, committed, offset) => {
  expect(destinationIn(parseDestination(text, "--to", 0), bounds, committed, undefined)).toBe(offset);
});

test.each([
  ["7", 100],
  ["999", 200],
  ["-1000", 100],
  ["+1000", 200],
])("--to %s, outside of the log, is the nearest end of it", (text, offset) => {
  expect(destinationIn(parseDestination(text, "--to", 0), bounds, 150, undefined)).toBe(offset);
});

test("--to @time is the first offset of that time", () => {
  expect(destinationIn(parseDestination("@1700000000000", "--to", 0), bounds, 150, 170)).toBe(170);
});

test.each(["", "latest", "10%", "--10"])("--to %j is refused, and the error says what is allowed", (text) => {
  expect(faultsOf(() => parseDestination(text, "--to", 0))[0]).toMatch(/^--to: must be start, end, an offset .*, not "/);
});
