import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Dispatcher } from "../src/consumer/dispatcher.ts";

function dispatcher(concurrency: number, waitingMax = 100) {
  return new Dispatcher<string>({ concurrency, waitingMax });
}

test("items of one lane are handled one after the other, of several at once", () => {
  const d = dispatcher(10);
  for (const item of ["a1", "a2", "b1"]) d.add(item[0], item);
  const [a1, b1] = [d.next()!, d.next()!];
  expect([a1.item, b1.item, d.next()]).toEqual(["a1", "b1", undefined]);
  a1.settled();
  expect(d.next()?.item).toBe("a2");
});

test("items without a lane wait for nothing but a free place", () => {
  const d = dispatcher(2);
  for (const item of ["x", "y", "z"]) d.add(undefined, item);
  const x = d.next()!;
  expect([x.item, d.next()?.item, d.next()]).toEqual(["x", "y", undefined]);
  x.settled();
  expect(d.next()?.item).toBe("z");
});

test("it takes no more than waitingMax", () => {
  const d = dispatcher(1, 2);
  d.add("a", "a1");
  d.add("a", "a2");
  expect(d.hasRoom).toBe(false);
  d.next();
  expect(d.hasRoom).toBe(true);
});

test("what is dropped makes way for what waits behind it", () => {
  const d = dispatcher(10);
  for (const item of ["a1", "a2", "a3", "b1"]) d.add(item[0], item);
  d.drop((item) => item === "a1" || item === "a2");
  expect([d.next()?.item, d.next()?.item].sort()).toEqual(["a3", "b1"]);
});

test("whatever comes when, lanes keep their order, places are never exceeded, and everything gets its turn", () => {
  const lane = fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined });
  const step = fc.oneof(fc.record({ add: lane }), fc.constant("next" as const), fc.record({ settle: fc.nat() }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 4 }), (steps, concurrency) => {
      const d = new Dispatcher<{ lane: string | undefined; number: number }>({ concurrency, waitingMax: 1000 });
      const running: { item: { lane: string | undefined; number: number }; settled: () => void }[] = [];
      const handled = new Map<string, number>();
      let added = 0;
      let taken = 0;
      const take = () => {
        const turn = d.next();
        if (turn === undefined) return false;
        taken++;
        const { lane: its, number } = turn.item;
        if (its !== undefined) {
          expect(running.every(({ item }) => item.lane !== its)).toBe(true);
          expect(number).toBeGreaterThan(handled.get(its) ?? -1);
          handled.set(its, number);
        }
        running.push(turn);
        expect(running.length).toBeLessThanOrEqual(concurrency);
        return true;
      };
      const settle = (index: number) => running.splice(index % Math.max(1, running.length), 1)[0]?.settled();
      for (const each of steps) {
        if (each === "next") take();
        else if ("settle" in each) settle(each.settle);
        else d.add(each.add, { lane: each.add, number: added++ });
      }
      while (take() || running.length > 0) if (running.length === concurrency || !take()) settle(0);
      expect(taken).toBe(added);
      expect(d.isIdle).toBe(true);
    }),
  );
});
