import { MiB } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { SimulatedBroker } from "./support/simulated-broker.ts";

const budgetBytes = 64 * MiB;
const frameBytes = 40 * MiB;
const sentBytes = 10 * MiB;

test("requests that never end take no more than the budget; others are served again as soon as they have gone", async () => {
  const broker = await SimulatedBroker.start({ settings: { "millrace.memory.max.bytes": String(budgetBytes) } });
  const { world } = broker;
  await (await broker.connect()).createTopic("orders");
  const { memory } = broker.broker;
  const idleBytes = memory.bytes;

  const hogs = [];
  for (let count = 0; count < 12; count++) {
    const hog = await broker.connect();
    hogs.push(hog);
    const prefix = Buffer.alloc(4);
    prefix.writeInt32BE(frameBytes);
    hog.sendBytes(prefix);
    hog.sendBytes(Buffer.alloc(sentBytes));
    await world.run(world.nowMs + 1_000);
    expect(memory.bytes).toBeLessThanOrEqual(budgetBytes + sentBytes);
  }
  expect(memory.pressure).not.toBe("none");
  expect(hogs.some(({ isClosed }) => isClosed)).toBe(true);

  for (const hog of hogs) hog.close();
  await world.run(world.nowMs + 1_000);
  expect(memory.bytes).toBe(idleBytes);
  const client = await broker.connect();
  expect((await world.drive(client.produce("orders", "after", -1))).code).toBe("NONE");
});

test("between two requests a connection waits while memory is short, and loses nothing", async () => {
  const broker = await SimulatedBroker.start({ settings: { "millrace.memory.max.bytes": String(budgetBytes) } });
  const { world } = broker;
  const client = await broker.connect();
  await client.createTopic("orders");
  const account = broker.broker.memory.account("test");
  account.charge(budgetBytes * 0.75);
  const first = client.produce("orders", "during", -1);
  const second = client.produce("orders", "after", -1);
  await world.run(world.nowMs + 1_000);
  account.release(budgetBytes * 0.75);
  expect((await world.drive(Promise.all([first, second]))).map(({ code }) => code)).toEqual(["NONE", "NONE"]);
});
