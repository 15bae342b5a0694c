import { expect, test } from "vitest";
import { LogEnds } from "../src/consume/log-ends.ts";
import { record } from "./support/records.ts";

const stretch = { topic: "orders", partition: 0, from: 5, end: 10 };

test("reading is over with the last record before the end", () => {
  const ends = new LogEnds([stretch]);
  expect([ends.reach(record({ offset: 8 })), ends.areReached]).toEqual([true, false]);
  expect([ends.reach(record({ offset: 9 })), ends.areReached]).toEqual([true, true]);
});

test("a record that was appended meanwhile is not one of those to read, but shows that the end is behind", () => {
  const ends = new LogEnds([stretch]);
  expect([ends.reach(record({ offset: 12 })), ends.areReached]).toEqual([false, true]);
});

test("where nothing is to be read, the end is reached at once", () => {
  expect(new LogEnds([{ ...stretch, from: 10 }]).areReached).toBe(true);
});

test("every partition has its own end", () => {
  const ends = new LogEnds([stretch, { ...stretch, partition: 1 }]);
  ends.reach(record({ offset: 9 }));
  expect(ends.open).toEqual([{ ...stretch, partition: 1 }]);
});
