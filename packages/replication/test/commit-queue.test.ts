import { MillraceError, Offset } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CommitQueue } from "../src/commit-queue.ts";

test("those who wait are told in the order of their offsets, as the high watermark reaches them", () => {
  const queue = new CommitQueue();
  const told: number[] = [];
  for (const offset of [3, 1, 2, 2]) queue.wait(Offset(offset), () => told.push(offset));
  queue.advance(Offset(2));
  expect(told).toEqual([1, 2, 2]);
  queue.advance(Offset(3));
  expect(told).toEqual([1, 2, 2, 3]);
  expect(queue.length).toBe(0);
});

test("whoever has given up is not told", () => {
  const queue = new CommitQueue();
  const giveUp = queue.wait(Offset(1), () => expect.unreachable());
  giveUp();
  queue.advance(Offset(5));
  expect(queue.length).toBe(0);
});

test("a lost leadership tells everyone who waits, once", () => {
  const queue = new CommitQueue();
  const told: unknown[] = [];
  queue.wait(Offset(1), (error) => told.push(error?.code));
  queue.wait(Offset(9), (error) => told.push(error?.code));
  queue.advance(Offset(1));
  queue.fail(new MillraceError("NOT_LEADER_OR_FOLLOWER"));
  queue.advance(Offset(9));
  expect(told).toEqual([undefined, "NOT_LEADER_OR_FOLLOWER"]);
});

test("whoever begins to wait while others are told is told in turn", () => {
  const queue = new CommitQueue();
  const told: string[] = [];
  queue.wait(Offset(1), () => {
    told.push("first");
    queue.wait(Offset(1), () => told.push("second"));
  });
  queue.advance(Offset(1));
  expect(told).toEqual(["first", "second"]);
});

test("everyone is told exactly once, whatever the order of waits and advances", () => {
  const step = fc.oneof(fc.record({ wait: fc.nat(4000) }), fc.record({ advance: fc.nat(4000) }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
      const queue = new CommitQueue();
      const told = new Map<number, number>();
      let waits = 0;
      let highWatermark = 0;
      for (const each of steps) {
        if ("wait" in each) {
          const number = waits++;
          queue.wait(Offset(each.wait), () => {
            expect(each.wait).toBeLessThanOrEqual(highWatermark);
            told.set(number, (told.get(number) ?? 0) + 1);
          });
        } else {
          highWatermark = Math.max(highWatermark, each.advance);
          queue.advance(Offset(highWatermark));
        }
      }
      highWatermark = 4000;
      queue.advance(Offset(highWatermark));
      expect([...told.values()].every((times) => times === 1)).toBe(true);
      expect(told.size).toBe(waits);
    }),
  );
});
