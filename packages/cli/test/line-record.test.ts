import { expect, test } from "vitest";
import { plainReader } from "../src/produce/line-record.ts";

const plain = { key: undefined, headers: [], partition: undefined, keyDelimiter: undefined, isEmptyTombstone: false };

function sent(line: string, options: Partial<Parameters<typeof plainReader>[0]> = {}) {
  const { key, value } = plainReader({ ...plain, ...options })(Buffer.from(line), 1);
  return [key, value].map((bytes) => (bytes === null ? null : Buffer.from(bytes).toString()));
}

test("a line is a value without a key", () => {
  expect(sent("7:paid")).toEqual([null, "7:paid"]);
});

test("the first delimiter divides the key from the value; a line without it has no key", () => {
  expect(sent("7:paid:twice", { keyDelimiter: ":" })).toEqual(["7", "paid:twice"]);
  expect(sent(":x", { keyDelimiter: ":" })).toEqual(["", "x"]);
  expect(sent("paid", { keyDelimiter: ":" })).toEqual([null, "paid"]);
});

test("an empty value is empty, and null only where tombstones are wanted", () => {
  expect(sent("7:", { keyDelimiter: ":" })).toEqual(["7", ""]);
  expect(sent("7:", { keyDelimiter: ":", isEmptyTombstone: true })).toEqual(["7", null]);
});

test("a fixed key is the key of every line", () => {
  expect(sent("paid", { key: "7" })).toEqual(["7", "paid"]);
});
