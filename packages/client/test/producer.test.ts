import { bytes, json, text, topic } from "@millrace/client";
import { BatchView, decompressRecords, readRecords } from "@millrace/records";
import { expect, test } from "vitest";
import { z } from "zod";
import { MemoryCluster } from "./support/memory-cluster.ts";

const orders = topic("orders", { key: text, value: text });

/** Values in a partition, in order. */
function values(cluster: MemoryCluster, name = "orders", partition = 0): string[] {
  const { batches } = cluster.log(name, partition).read(0, Infinity, true);
  return batches.flatMap((batch) => {
    const view = new BatchView(batch);
    return [...readRecords(view, decompressRecords(view, 1e9))].map(({ value }) => value!.toString());
  });
}

test("a record is acknowledged with its place", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  await cluster.drive(producer.send(orders, { key: "a", value: "first" }));
  const sent = await cluster.drive(producer.send(orders, { key: "a", value: "second", timestampMs: 1234 }));
  expect(sent).toEqual({ topic: "orders", partition: 0, offset: 1, timestampMs: 1234 });
  expect(values(cluster)).toEqual(["first", "second"]);
});

test("records of one turn share a batch, and one request takes those of many partitions", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 3);
  const producer = cluster.client().producer();
  const sent = Array.from({ length: 300 }, (_, index) => producer.send(orders, { key: `${index}`, value: `${index}` }));
  await cluster.drive(Promise.all(sent));
  for (const partition of [0, 1, 2]) expect(cluster.log("orders", partition).read(0, Infinity, true).batches.length).toBeLessThan(3);
});

test("a key goes where Java's murmur2 puts it", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 10);
  const producer = cluster.client().producer();
  const keys = ["21", "foobar", "a-little-bit-long-string"]; // Kafka's own test vectors
  const sent = await cluster.drive(Promise.all(keys.map((key) => producer.send(orders, { key, value: "x" }))));
  const hashes = [-973932308, -790332482, -985981536];
  expect(sent.map(({ partition }) => partition)).toEqual(hashes.map((hash) => (hash & 0x7fff_ffff) % 10));
});

test("records without a key share a partition until their batch has gone, and then go to another", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("audit", 8);
  const producer = cluster.client().producer();
  const audit = topic("audit", { value: bytes });
  const partitions = new Set<number>();
  for (let round = 0; round < 20; round++) {
    const sent = Array.from({ length: 5 }, () => producer.send(audit, { value: Buffer.from("x") }));
    const together = new Set((await cluster.drive(Promise.all(sent))).map(({ partition }) => partition));
    expect(together.size).toBe(1);
    for (const partition of together) partitions.add(partition);
  }
  expect(partitions.size).toBeGreaterThan(3);
});

test("the topic is created by the first record, where the cluster does so", async () => {
  const cluster = new MemoryCluster();
  const producer = cluster.client().producer();
  expect((await cluster.drive(producer.send(orders, { key: "a", value: "x" }))).offset).toBe(0);
});

test("a topic that does not exist is UNKNOWN_TOPIC_OR_PARTITION after deliveryTimeoutMs", async () => {
  const cluster = new MemoryCluster();
  cluster.createsTopics = false;
  const producer = cluster.client().producer({ deliveryTimeoutMs: 1000 });
  await expect(cluster.drive(producer.send(orders, { key: "a", value: "x" }))).rejects.toMatchObject({
    code: "UNKNOWN_TOPIC_OR_PARTITION",
  });
  expect(cluster.world.nowMs).toBeLessThan(1100);
});

test("a partition that does not exist is UNKNOWN_TOPIC_OR_PARTITION at once", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  const sent = producer.send(orders, { key: "a", value: "x", partition: 1 });
  await expect(cluster.drive(sent)).rejects.toMatchObject({ code: "UNKNOWN_TOPIC_OR_PARTITION", facts: { partition: 1, partitions: 1 } });
});

test.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)("batches compressed by %s hold the records", async (compression) => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ compression });
  const sent = Array.from({ length: 50 }, (_, index) => producer.send(orders, { key: "k", value: `value ${index}` }));
  await cluster.drive(Promise.all(sent));
  expect(values(cluster)).toEqual(Array.from({ length: 50 }, (_, index) => `value ${index}`));
  const [batch] = cluster.log("orders").read(0, Infinity, true).batches;
  expect(new BatchView(batch!).compression).toBe(compression);
});

test("headers arrive in their order, given either way", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  await cluster.drive(producer.send(orders, { key: "a", value: "x", headers: { trace: "1", raw: Buffer.from([0]) } }));
  await cluster.drive(producer.send(orders, { key: "a", value: "x", headers: [{ key: "h", value: null }] }));
  const records = cluster
    .log("orders")
    .read(0, Infinity, true)
    .batches.flatMap((batch) => {
      const view = new BatchView(batch);
      return [...readRecords(view, decompressRecords(view, 1e9))];
    });
  expect(records.map(({ headers }) => headers)).toEqual([
    [
      { key: "trace", value: Buffer.from("1") },
      { key: "raw", value: Buffer.from([0]) },
    ],
    [{ key: "h", value: null }],
  ]);
});

test("a value that its schema refuses is RECORD_INVALID, and nothing is sent", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const typed = topic("orders", { key: text, value: json(z.object({ id: z.string() })) });
  const producer = cluster.client().producer();
  const refused = producer.send(typed, { key: "a", value: { id: 7 } as never });
  await expect(cluster.drive(refused)).rejects.toMatchObject({ code: "RECORD_INVALID", facts: { topic: "orders", part: "value" } });
  await expect(producer.enqueue(typed, { key: "a", value: {} as never })).rejects.toMatchObject({ code: "RECORD_INVALID" });
  expect(cluster.log("orders").end).toBe(0);
});

test("records keep the order of their calls, though a schema that is asynchronous takes longer for some", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const { clock } = cluster.world.process("client");
  const slow = z.string().refine((value) => value !== "slow" || new Promise((resolve) => void clock.timer(50, () => resolve(true))));
  const typed = topic("orders", { key: text, value: json(slow) });
  const producer = cluster.client().producer();
  const sent = ["slow", "quick", "slow", "quick"].map((value) => producer.send(typed, { key: "a", value }));
  const plain = producer.send(orders, { key: "a", value: '"plain"' });
  await cluster.drive(Promise.all([...sent, plain]));
  expect(values(cluster)).toEqual(['"slow"', '"quick"', '"slow"', '"quick"', '"plain"']);
});

test("with acks none nothing is waited for, and no offset is told", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ acks: "none" });
  expect((await cluster.drive(producer.send(orders, { key: "a", value: "x" }))).offset).toBe(undefined);
  await cluster.pass(10);
  expect(values(cluster)).toEqual(["x"]);
  expect(new BatchView(cluster.log("orders").read(0, Infinity, true).batches[0]!).producerId).toBe(-1);
});

test("a buffer without room refuses send with BUFFER_FULL, and lets enqueue wait", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ bufferBytesMax: 10_000 });
  const value = "x".repeat(4000);
  const first = [producer.send(orders, { key: "a", value }), producer.send(orders, { key: "a", value })];
  await expect(producer.send(orders, { key: "a", value })).rejects.toMatchObject({
    code: "BUFFER_FULL",
    facts: { bufferBytesMax: 10_000 },
  });
  let hasRoom = false;
  const waiting = producer.enqueue(orders, { key: "a", value }).then(() => (hasRoom = true));
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  await cluster.drive(Promise.all([...first, waiting, producer.flush()]));
  expect(cluster.log("orders").end).toBe(3);
});

test("records linger for company as long as lingerMs, unless they are flushed", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ lingerMs: 100 });
  void producer.enqueue(orders, { key: "a", value: "1" });
  await cluster.pass(50);
  void producer.enqueue(orders, { key: "a", value: "2" });
  expect(cluster.log("orders").end).toBe(0);
  await cluster.pass(60);
  expect(cluster.log("orders").read(0, Infinity, true).batches).toHaveLength(1);
  const startMs = cluster.world.nowMs;
  await producer.enqueue(orders, { key: "a", value: "3" });
  await cluster.drive(producer.flush());
  expect(cluster.world.nowMs - startMs).toBeLessThan(20);
});
