import { expect, test } from "vitest";
import { shardOf } from "../src/index.ts";

test("a group lies in the partition that Java's hash of its id says", () => {
  // Computed by `Utils.abs("…".hashCode()) % 50` in Java.
  expect(shardOf("", 50)).toBe(0);
  expect(shardOf("billing", 50)).toBe(9);
  expect(shardOf("console-consumer-12345", 50)).toBe(6);
  expect(shardOf("größe-日本-🎈", 50)).toBe(18);
});

test("the hash without a positive counterpart counts as 0", () => {
  expect(shardOf("polygenelubricants", 50)).toBe(0);
});
