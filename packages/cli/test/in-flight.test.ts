import { MiB, MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { InFlight } from "../src/produce/in-flight.ts";

test("when memory is full, sending goes on once half of it is free again", async () => {
  const inFlight = new InFlight();
  const sendings = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  sendings.forEach(({ promise }, index) => inFlight.add(promise, index + 1, MiB, () => {}));
  expect(inFlight.hasRoom).toBe(false);
  let hasRoom = false;
  const room = inFlight.room().then(() => (hasRoom = true));
  sendings[0]!.resolve();
  sendings[1]!.resolve();
  await new Promise((next) => setImmediate(next));
  expect(hasRoom).toBe(false);
  for (const { resolve } of sendings) resolve();
  await room;
  await inFlight.settled();
});

test("the first record that fails ends it, with the number of its line, once all others are told", async () => {
  const inFlight = new InFlight();
  const told: string[] = [];
  const slow = Promise.withResolvers<string>();
  inFlight.add(Promise.reject(new MillraceError("MESSAGE_TOO_LARGE", { sizeBytes: 9 })), 2, 9, () => {});
  inFlight.add(slow.promise, 3, 1, (sent) => told.push(sent));
  await expect(inFlight.room()).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE", facts: { sizeBytes: 9, line: 2 } });
  expect(inFlight.hasRoom).toBe(false);
  slow.resolve("orders-0");
  await expect(inFlight.settled()).rejects.toMatchObject({ facts: { line: 2 } });
  expect(told).toEqual(["orders-0"]);
});

test("small records are bounded by their number: what is held for each of them is more than its bytes", () => {
  const inFlight = new InFlight();
  let line = 0;
  while (inFlight.hasRoom) inFlight.add(new Promise(() => {}), ++line, 1, () => {});
  expect(line).toBe(1024);
});
