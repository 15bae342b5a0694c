import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { LogEntry } from "../src/entry.ts";
import { OwnMemory } from "../src/machine/own-memory.ts";

function recordsOf({ payload }: LogEntry): readonly Uint8Array[] {
  return payload.kind === "records" ? payload.records : [];
}

function memoryOf(records: readonly Uint8Array[]): number {
  return [...new Set(records.map(({ buffer }) => buffer))].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

test("records that are kept hold no more memory than a few of them need, whatever they came in", () => {
  const memory = new OwnMemory();
  const given = Array.from({ length: 1_000 }, (_, index) => Buffer.alloc(65_536, index).subarray(0, 50));
  const held = given.map((record, index) =>
    memory.hold({ offset: Offset(index), term: 1, payload: { kind: "records", records: [record] } }),
  );
  const records = held.flatMap(recordsOf);
  expect(records).toEqual(given);
  expect(memoryOf(records)).toBeLessThan(2 * 65_536);
});

test("a record that is large has memory of its own, and is no less than it was", () => {
  const memory = new OwnMemory();
  const large = Buffer.alloc(100_000, 7);
  const held = memory.hold({ offset: Offset(0), term: 1, payload: { kind: "records", records: [large] } });
  expect(recordsOf(held)).toEqual([large]);
  expect(memoryOf(recordsOf(held))).toBe(100_000);
});
