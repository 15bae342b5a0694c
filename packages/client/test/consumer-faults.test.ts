import { expect, test } from "vitest";
import { orders, take } from "./support/billing.ts";
import { MemoryCluster } from "./support/memory-cluster.ts";

/** Two brokers, the second one the leader, and a consumer that has read what there was. */
async function reading() {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  cluster.log("orders").moveTo(2);
  let clients = 0;
  const send = (value: string) => cluster.client(`producer-${clients++}`).producer().send(orders, { key: "a", value });
  await cluster.drive(send("1"));
  const consumer = cluster.client().consumer([orders], { partitions: "all", from: "earliest" });
  expect(await cluster.drive(take(consumer, 1))).toEqual(["1"]);
  const next = take(consumer, 1);
  await cluster.pass(100);
  return { cluster, send, next };
}

test("a leader that stands still is left as soon as another one leads, though its connection stays", async () => {
  const { cluster, send, next } = await reading();
  cluster.pause(2);
  await cluster.pass(2_000);
  cluster.log("orders").moveTo(1);
  const movedMs = cluster.world.nowMs;
  await cluster.drive(send("2"));
  expect(await cluster.drive(next)).toEqual(["2"]);
  expect(cluster.world.nowMs - movedMs).toBeLessThan(1_000);
});

test("a leader without new records is left alone, and asked about twice a second", async () => {
  const { cluster, send, next } = await reading();
  cluster.calls.length = 0;
  await cluster.pass(10_000);
  expect(cluster.calls.filter((call) => call === "describeTopics").length).toBeLessThanOrEqual(20);
  await cluster.drive(send("2"));
  expect(await cluster.drive(next)).toEqual(["2"]);
});

test("a leader that moves is followed by the hint of the broker that was read from, and nobody is asked", async () => {
  const { cluster, send, next } = await reading();
  cluster.calls.length = 0;
  cluster.log("orders").moveTo(1);
  await cluster.pass(20);
  const asked = [...cluster.calls];
  await cluster.drive(send("2"));
  expect(await cluster.drive(next)).toEqual(["2"]);
  expect(asked).toEqual([]);
});
