import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Deadline, Deadlines } from "../src/shard/deadlines.ts";

type Change = { readonly which: number; readonly atMs: number | undefined } | { readonly takeUntilMs: number };

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ which: fc.nat({ max: 9 }), atMs: fc.option(fc.nat({ max: 100 }), { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ takeUntilMs: fc.nat({ max: 100 }) }) },
);

test("deadlines come in the order of their times, each once, wherever they were moved before and after", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 600, size: "max" }), (changes) => {
      const deadlines = new Deadlines<number>();
      const all = Array.from({ length: 10 }, (_, which) => new Deadline(which));
      const expected = new Map<number, number>();
      for (const step of changes) {
        if ("takeUntilMs" in step) takeAlike(deadlines, expected, step.takeUntilMs);
        else if (step.atMs === undefined) {
          deadlines.clear(all[step.which]!);
          expected.delete(step.which);
        } else {
          deadlines.set(all[step.which]!, step.atMs);
          expected.set(step.which, step.atMs);
        }
        expect(deadlines.nextMs).toBe(Math.min(Infinity, ...expected.values()));
      }
      takeAlike(deadlines, expected, 100);
      expect(expected.size).toBe(0);
    }),
    { numRuns: 300 },
  );
});

function takeAlike(deadlines: Deadlines<number>, expected: Map<number, number>, untilMs: number): void {
  for (let nextMs = deadlines.nextMs; nextMs <= untilMs; nextMs = deadlines.nextMs) {
    const which = deadlines.take(untilMs);
    expect(expected.get(which!)).toBe(nextMs);
    expected.delete(which!);
  }
  expect(deadlines.take(untilMs)).toBe(undefined);
}

test("a deadline that is set and cleared over and over leaves nothing behind, and the others find their place", () => {
  const deadlines = new Deadlines<number>();
  const [busy, cleared] = [new Deadline(0), new Deadline(1)];
  deadlines.set(cleared, 5);
  deadlines.clear(cleared);
  for (let index = 0; index < 10_000; index++) {
    deadlines.set(busy, 10_000_000 - index);
    deadlines.clear(busy);
  }
  expect(deadlines.queued).toBeLessThanOrEqual(129);
  deadlines.set(busy, 20_000_000);
  deadlines.set(cleared, 30_000_000);
  expect([deadlines.take(30_000_000), deadlines.take(30_000_000), deadlines.take(30_000_000)]).toEqual([0, 1, undefined]);
});
