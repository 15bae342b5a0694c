import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ResponseQueue } from "../src/doors/kafka/response-queue.ts";

/** A turn that ends when the test says so. */
function turns() {
  let callbacks: (() => void)[] = [];
  const end = () => {
    const due = callbacks;
    callbacks = [];
    for (const callback of due) callback();
  };
  return { afterTurn: (callback: () => void) => void callbacks.push(callback), end };
}

test("answers leave in the order of their requests, whatever order they become ready in", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...Array(20).keys()], { minLength: 20 }),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      (order, ends) => {
        const turn = turns();
        const sent: number[] = [];
        const queue = new ResponseQueue(turn.afterTurn, (parts) => sent.push(...parts.map((part) => part[0]!)));
        const slots = order.map(() => queue.slot());
        order.forEach((place, index) => {
          slots[place]!.answer([Buffer.from([place])]);
          if (ends[index]) turn.end();
        });
        turn.end();
        expect(sent).toEqual([...Array(20).keys()]);
        expect(queue.length).toBe(0);
      },
    ),
  );
});

test("a request without an answer holds nobody up", () => {
  const turn = turns();
  const writes: Buffer[][] = [];
  const queue = new ResponseQueue(turn.afterTurn, (parts) => writes.push(parts));
  const [silent, answered] = [queue.slot(), queue.slot()];
  answered.answer([Buffer.from("a")]);
  turn.end();
  expect(writes).toEqual([]);
  silent.answer(undefined);
  turn.end();
  expect(writes).toEqual([[Buffer.from("a")]]);
});

test("what becomes ready in one turn goes out in one write", () => {
  const turn = turns();
  const writes: Buffer[][] = [];
  const queue = new ResponseQueue(turn.afterTurn, (parts) => writes.push(parts));
  const slots = [queue.slot(), queue.slot(), queue.slot()];
  for (const slot of slots) slot.answer([Buffer.from("x")]);
  turn.end();
  expect(writes).toHaveLength(1);
  expect(writes[0]).toHaveLength(3);
});
