import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Progress } from "../src/consumer/progress.ts";

test("only a run of done records without a gap may be committed", () => {
  const progress = new Progress(10);
  for (const offset of [10, 11, 12]) progress.handedOut(offset);
  progress.done(11);
  expect(progress.toCommit).toBe(undefined);
  progress.done(10);
  expect(progress.toCommit).toBe(12);
});

test("once everything is done, what was read past may be committed too", () => {
  const progress = new Progress(10);
  progress.handedOut(10);
  progress.skippedTo(20); // a marker, or what compaction removed
  expect(progress.toCommit).toBe(undefined);
  progress.done(10);
  expect(progress.toCommit).toBe(20);
  progress.committed(20);
  expect(progress.toCommit).toBe(undefined);
});

test("a record that is done twice, or was never handed out, changes nothing", () => {
  const progress = new Progress(0);
  progress.handedOut(0);
  progress.handedOut(5);
  for (const offset of [3, 0, 0, 7]) progress.done(offset);
  expect(progress.toCommit).toBe(5);
  expect(progress.open).toBe(1);
});

test("nothing is committed past a record that is not done, whatever the order", () => {
  const offsets = fc.uniqueArray(fc.nat(500), { minLength: 1 }).map((array) => array.sort((a, b) => a - b));
  const plan = offsets.chain((handed) => fc.record({ handed: fc.constant(handed), done: fc.shuffledSubarray(handed) }));
  fc.assert(
    fc.property(plan, ({ handed, done }) => {
      const progress = new Progress(0);
      for (const offset of handed) progress.handedOut(offset);
      const isDone = new Set<number>();
      for (const offset of done) {
        progress.done(offset);
        isDone.add(offset);
        const firstOpen = handed.find((each) => !isDone.has(each));
        expect(progress.toCommit ?? 0).toBe(firstOpen ?? handed.at(-1)! + 1);
      }
    }),
  );
});

test("a long row lets go of what is done", () => {
  const progress = new Progress(0);
  for (let offset = 0; offset < 10_000; offset++) {
    progress.handedOut(offset);
    progress.done(offset);
  }
  expect(progress.open).toBe(0);
  expect(progress.toCommit).toBe(10_000);
});
