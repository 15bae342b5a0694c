import { expect, test } from "vitest";
import { durationMs } from "../src/durations.ts";
import { duration } from "../src/option-values.ts";

test.each([
  ["500ms", 500],
  ["30s", 30_000],
  ["1.5h", 5_400_000],
  ["1h30m", 5_400_000],
  ["2d", 172_800_000],
])("%s is %d ms", (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each(["", "s", "10", "-5m", "5 m", "5y"])("%j is no time", (text) => {
  expect(durationMs(text)).toBeUndefined();
});

test("where an option takes a time, a number alone is seconds, and nothing at all is refused", () => {
  expect(duration("5")).toBe(5000);
  expect(() => duration("0ms")).toThrow("It must be a time such as 500ms, 30s, 5m or 2h.");
});
