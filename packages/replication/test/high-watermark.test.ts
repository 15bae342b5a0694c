import { BrokerId, Offset } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nextHighWatermark } from "@millrace/replication";

const ids = (...numbers: number[]) => numbers.map((id) => BrokerId(id));

function decide({
  current = 0,
  ownEnd = 10,
  ends = {} as Record<number, number>,
  committed = [1],
  proposed = [] as number[],
  minimum = 1,
  hasEligible = false,
}) {
  return nextHighWatermark(
    Offset(current),
    { ownEnd: Offset(ownEnd), endOf: (id) => (ends[id] === undefined ? undefined : Offset(ends[id])) },
    { self: BrokerId(1), committed: ids(...committed), proposed: ids(...proposed), minimum, hasEligible },
  );
}

test("a leader alone in the ISR commits what it has written", () => {
  expect(decide({ ownEnd: 10 })).toBe(10);
});

test("the slowest member of the ISR holds the high watermark", () => {
  expect(decide({ ends: { 2: 7, 3: 9 }, committed: [1, 2, 3] })).toBe(7);
});

test("a member that is only proposed holds the high watermark as well", () => {
  expect(decide({ ends: { 2: 10, 3: 4 }, committed: [1, 2], proposed: [3] })).toBe(4);
});

test("a member that has acknowledged nothing in this epoch keeps the high watermark where it is", () => {
  expect(decide({ current: 3, ends: {}, committed: [1, 2] })).toBe(3);
});

test("below min.insync.replicas nothing becomes committed", () => {
  expect(decide({ current: 3, ownEnd: 10, committed: [1], minimum: 2 })).toBe(3);
});

test("while somebody outside the ISR may be elected nothing becomes committed, though the minimum known here be reached", () => {
  expect(decide({ current: 3, ownEnd: 10, committed: [1], minimum: 1, hasEligible: true })).toBe(3);
});

test("the high watermark never goes back and never passes a member of the maximal ISR", () => {
  const offsets = fc.nat(100);
  fc.assert(
    fc.property(offsets, offsets, fc.dictionary(fc.constantFrom("2", "3"), offsets), (current, ownEnd, ends) => {
      const next = decide({ current, ownEnd, ends, committed: [1, 2], proposed: [3] });
      expect(next).toBeGreaterThanOrEqual(current);
      if (next > current) expect(next).toBeLessThanOrEqual(Math.min(ownEnd, ends["2"] ?? -1, ends["3"] ?? -1));
    }),
  );
});
