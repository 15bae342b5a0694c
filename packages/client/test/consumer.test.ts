import { text, topic } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { billing, orders, produce, take } from "./support/billing.ts";
import { MemoryCluster } from "./support/memory-cluster.ts";

test("a loop reads every record once, in the order of its partition, and what is done is committed", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "a2", "a3"]);
  const consumer = billing(cluster.client());
  expect(await cluster.drive(take(consumer, 3))).toEqual(["a1", "a2", "a3"]);
  await cluster.drive(consumer.close());
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 3 });
});

test("records tell their place, time, key and headers", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 2);
  const producer = cluster.client("producer").producer();
  await cluster.drive(producer.send(orders, { key: "k", value: "v", partition: 1, timestampMs: 77, headers: { h: "1" } }));
  const loop = billing(cluster.client())[Symbol.asyncIterator]();
  expect((await cluster.drive(loop.next())).value).toEqual({
    topic: "orders",
    partition: 1,
    offset: 0,
    timestampMs: 77,
    key: "k",
    value: "v",
    headers: [{ key: "h", value: Buffer.from("1") }],
  });
});

test("leaving the loop commits only what is done, and the rest comes again", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "a2", "a3"]);
  const first = billing(cluster.client("first"));
  const leave = async () => {
    for await (const record of first) {
      if (record.value === "a2") break;
      first.done(record);
    }
    await first.close();
  };
  await cluster.drive(leave());
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 1 });
  expect(await cluster.drive(take(billing(cluster.client("second")), 2))).toEqual(["a2", "a3"]);
});

test("without a committed offset reading begins at the latest end, unless it is told otherwise", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1"]);
  const loop = billing(cluster.client(), { from: "latest" })[Symbol.asyncIterator]();
  const next = loop.next();
  await cluster.pass(2000);
  await produce(cluster, ["a2"]);
  expect((await cluster.drive(next)).value).toMatchObject({ value: "a2" });
  const none = billing(cluster.client("other"), { group: "other", from: "none" })[Symbol.asyncIterator]();
  await expect(cluster.drive(none.next())).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
});

test("run hands records to as many handlers as may be, and each partition's one after the other", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 3);
  for (const partition of [0, 1, 2]) await produce(cluster, ["a1", "a2", "a3"], partition);
  const { clock } = cluster.world.process("client");
  const consumer = billing(cluster.client());
  const running = new Set<number>();
  const handled: string[] = [];
  let most = 0;
  const run = consumer.run(
    async ({ partition, value }) => {
      expect(running.has(partition)).toBe(false);
      running.add(partition);
      most = Math.max(most, running.size);
      await new Promise<void>((resolve) => void clock.timer(10, resolve));
      running.delete(partition);
      handled.push(`${partition}:${value}`);
      if (handled.length === 9) void consumer.close();
    },
    { concurrency: 8 },
  );
  await cluster.drive(run);
  expect(most).toBe(3);
  for (const partition of [0, 1, 2])
    expect(handled.filter((each) => each.startsWith(`${partition}`))).toEqual(["a1", "a2", "a3"].map((value) => `${partition}:${value}`));
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 3, "orders-1": 3, "orders-2": 3 });
});

test("ordered by key, records of other keys pass one that takes long, and nothing is committed past it", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "b1", "a2", "b2"]);
  const consumer = billing(cluster.client());
  const handled: string[] = [];
  let release = () => {};
  const run = consumer.run(
    async ({ value }) => {
      if (value === "a1") await new Promise<void>((resolve) => void (release = resolve));
      handled.push(value);
    },
    { concurrency: 4, ordering: "key" },
  );
  await cluster.pass(5000);
  expect(handled).toEqual(["b1", "b2"]);
  expect(cluster.groups.committed("billing")).toEqual({});
  release();
  await cluster.pass(2000);
  expect(handled).toEqual(["b1", "b2", "a1", "a2"]);
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 4 });
  await cluster.drive(Promise.all([consumer.close(), run]));
});

test("a consumer of partitions begins where it is told, and commits nothing", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 3);
  await produce(cluster, ["a1", "a2", "a3"], 0);
  await produce(cluster, ["b1"], 1);
  await produce(cluster, ["c1"], 2);
  const partitions = [
    { topic: "orders", partition: 0, from: 2 },
    { topic: "orders", partition: 1, from: "earliest" as const },
  ];
  const consumer = cluster.client().consumer([orders], { partitions });
  const values: string[] = [];
  const read = async () => {
    for await (const { value } of consumer) if (values.push(value) === 2) break;
  };
  await cluster.drive(read());
  expect(values.sort()).toEqual(["a3", "b1"]);
  await cluster.drive(consumer.close());
  expect(cluster.groups.groups.size).toBe(0);
});

test("a consumer of all partitions reads all that there are", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 2);
  await produce(cluster, ["a1"], 0);
  await produce(cluster, ["b1"], 1);
  const consumer = cluster.client().consumer([orders], { partitions: "all", from: "earliest" });
  const values: string[] = [];
  const read = async () => {
    for await (const { value } of consumer) if (values.push(value) === 2) break;
  };
  await cluster.drive(read());
  expect(values.sort()).toEqual(["a1", "b1"]);
});

test("a partition or topic that is not there is UNKNOWN_TOPIC_OR_PARTITION", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const missing = cluster.client().consumer([orders], { partitions: [{ topic: "orders", partition: 5 }] });
  await expect(cluster.drive(missing.run(() => {}))).rejects.toMatchObject({ code: "UNKNOWN_TOPIC_OR_PARTITION", facts: { partition: 5 } });
  const unknown = cluster.client("two", { requestTimeoutMs: 500 }).consumer([topic("none", { value: text })], { partitions: "all" });
  await expect(cluster.drive(unknown.run(() => {}))).rejects.toMatchObject({ code: "UNKNOWN_TOPIC_OR_PARTITION" });
});

test("what is gone is passed over by the rule for where to begin", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "a2", "a3"]);
  cluster.log("orders").deleteBefore(2);
  const consumer = cluster.client().consumer([orders], { partitions: [{ topic: "orders", partition: 0, from: 0 }], from: "earliest" });
  const loop = consumer[Symbol.asyncIterator]();
  expect((await cluster.drive(loop.next())).value).toMatchObject({ offset: 2, value: "a3" });
  const strict = cluster.client("two").consumer([orders], { partitions: [{ topic: "orders", partition: 0, from: 0 }], from: "none" });
  await expect(cluster.drive(strict.run(() => {}))).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
});

test("no more is fetched ahead than prefetchBytesMax", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const value = "x".repeat(10_000);
  for (let batch = 0; batch < 40; batch++) await produce(cluster, [value]);
  const before = cluster.sentBytes;
  const consumer = billing(cluster.client(), { prefetchBytesMax: 100_000 });
  const loop = consumer[Symbol.asyncIterator]();
  await cluster.drive(loop.next());
  await cluster.pass(1000);
  expect(cluster.sentBytes - before).toBeLessThanOrEqual(100_000);
  expect(await cluster.drive(take(consumer, 39).catch((error: unknown) => error))).toMatchObject({ code: "INVALID_REQUEST" });
});

test("a batch larger than what may be fetched ahead comes all the same", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a".repeat(500_000), "b"]);
  expect(await cluster.drive(take(billing(cluster.client(), { prefetchBytesMax: 1024 }), 2))).toEqual(["a".repeat(500_000), "b"]);
});

test("close aborts the signals of handlers, waits for them, and commits what they have done", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "a2"]);
  const { clock } = cluster.world.process("client");
  const consumer = billing(cluster.client());
  let reason: unknown;
  const run = consumer.run(async (_, { signal }) => {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    reason = signal.reason;
    await new Promise<void>((resolve) => void clock.timer(100, resolve));
  });
  await cluster.pass(1000);
  await cluster.drive(consumer.close());
  await run;
  expect(reason).toMatchObject({ code: "CLOSED" });
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 1 });
});

test("what a handler throws because it was told to end is no failure", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1"]);
  const consumer = billing(cluster.client());
  const run = consumer.run(
    (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  await cluster.pass(1000);
  await cluster.drive(consumer.close());
  await run;
  expect(cluster.groups.committed("billing")).toEqual({});
});

test("close ends in time though a handler never does and every broker is away", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  await produce(cluster, ["a1"]);
  const consumer = billing(cluster.client());
  const run = consumer.run(() => new Promise(() => {}));
  await cluster.pass(1000);
  cluster.kill(1);
  cluster.world.partition(["client"], ["broker-2"]);
  await cluster.pass(1000);
  const startMs = cluster.world.nowMs;
  await cluster.drive(Promise.all([consumer.close({ timeoutMs: 4000 }), run]));
  expect(cluster.world.nowMs - startMs).toBeLessThanOrEqual(4100);
});

test("a consumer that is closed before it has read anything, or while it joins, ends", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await cluster.drive(billing(cluster.client("one")).close());
  const consumer = billing(cluster.client("two"));
  const run = consumer.run(() => {});
  await cluster.pass(0.2);
  await cluster.drive(Promise.all([consumer.close(), run]));
  const loop = consumer[Symbol.asyncIterator];
  expect(() => loop.call(consumer)).toThrow(MillraceError);
});

test("a consumer is read by one reader at a time", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const consumer = billing(cluster.client());
  const run = consumer.run(() => {});
  await expect(consumer.run(() => {})).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  await cluster.drive(Promise.all([consumer.close(), run]));
});
