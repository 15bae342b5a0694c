import { connect, json, text, tombstones, topic } from "@millrace/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";

const orders = topic("orders", { key: text, value: tombstones(json<{ id: string; amount: number }>()) });

let broker: BrokerProcess;
beforeAll(async () => {
  broker = await BrokerProcess.start();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

function client() {
  return connect(broker.bootstrap, { signals: false });
}

test.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)(
  "records compressed by %s come back as they were sent, in the order of their keys",
  async (compression) => {
    await using mill = client();
    const name = `orders-${compression}`;
    await mill.admin.topics.create(name, { partitions: 3 });
    const here = { ...orders, name };
    const producer = mill.producer({ compression });
    const sent = Array.from({ length: 1000 }, (_, index) => ({
      key: `${index % 50}`,
      value: index % 10 === 9 ? null : { id: `${index}`, amount: index },
    }));
    for (const message of sent) await producer.enqueue(here, message);
    await producer.flush();
    const received = new Map<string, unknown[]>();
    const consumer = mill.consumer([here], { group: name, from: "earliest" });
    let count = 0;
    await consumer.run(
      ({ key, value }) => {
        received.set(key, [...(received.get(key) ?? []), value]);
        if (++count === sent.length) void consumer.close();
      },
      { concurrency: 8, ordering: "key" },
    );
    for (const key of received.keys()) expect(received.get(key)).toEqual(sent.filter((each) => each.key === key).map(({ value }) => value));
    const committed = await mill.admin.groups.offsets(name);
    expect(committed.reduce((sum, { offset }) => sum + offset, 0)).toBe(sent.length);
  },
);

test("a record as large as a topic allows passes, a larger one is MESSAGE_TOO_LARGE", async () => {
  await using mill = client();
  await mill.admin.topics.create("large", { partitions: 1, configs: { "max.message.bytes": "6000000" } });
  const large = topic("large", { value: text });
  const producer = mill.producer();
  const value = "x".repeat(5_900_000);
  await producer.send(large, { value });
  await expect(producer.send(large, { value: "x".repeat(6_100_000) })).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
  for await (const record of mill.consumer([large], { partitions: "all", from: "earliest" })) {
    expect(record.value).toBe(value);
    break;
  }
});

test("a topic that nobody created is created by its first record", async () => {
  await using mill = client();
  const { offset } = await mill.producer().send(topic("by-itself", { value: text }), { value: "first" });
  expect(offset).toBe(0);
});

test("the durability asked for is accepted", async () => {
  await using mill = client();
  const synced = mill.producer({ durability: "synced" });
  expect((await synced.send(topic("synced", { value: text }), { value: "on disk" })).offset).toBe(0);
});

test("topics, settings, offsets and groups are administered", async () => {
  await using mill = client();
  const { topics, configs, groups } = mill.admin;
  const created = await topics.create("administered", { partitions: 2, configs: { "retention.ms": "1000000" } });
  expect(created).toMatchObject({ name: "administered", partitions: 2, replicationFactor: 1 });
  await expect(topics.create("administered")).rejects.toMatchObject({ code: "TOPIC_ALREADY_EXISTS" });
  expect(await topics.list()).toContainEqual(created);
  await topics.addPartitions("administered", 4);
  const described = await topics.describe("administered");
  expect(described).toMatchObject({ id: created.id, configs: { "retention.ms": "1000000" } });
  expect(described.partitions.map(({ partition, leader, isr }) => [partition, leader, isr])).toEqual(
    [0, 1, 2, 3].map((index) => [index, 1, [1]]),
  );

  await configs.alter({ topic: "administered" }, { "retention.ms": null, "cleanup.policy": { append: "compact" } });
  const entries = await configs.describe({ topic: "administered" }, ["retention.ms", "cleanup.policy"]);
  expect(Object.fromEntries(entries.map(({ key, value, source }) => [key, [value, source]]))).toEqual({
    "retention.ms": ["604800000", "DEFAULT_CONFIG"],
    "cleanup.policy": ["delete,compact", "DYNAMIC_TOPIC_CONFIG"],
  });
  await expect(configs.alter({ topic: "administered" }, { "no.such.key": "1" })).rejects.toMatchObject({ code: "INVALID_CONFIG" });

  const here = topic("administered", { key: text, value: text });
  const producer = mill.producer();
  for (const timestampMs of [1000, 2000, 3000]) await producer.send(here, { key: "k", value: "v", partition: 1, timestampMs });
  const at = (spot: "earliest" | "latest" | { timestampMs: number }) => ({ topic: "administered", partition: 1, at: spot });
  expect(await topics.offsets([at("earliest"), at("latest"), at({ timestampMs: 1500 }), at({ timestampMs: 9000 })])).toEqual([0, 3, 1, 3]);
  expect(await topics.deleteRecords("administered", 1, 2)).toBe(2);
  expect(await topics.offsets([at("earliest")])).toEqual([2]);

  await groups.setOffsets("auditors", [{ topic: "administered", partition: 1, offset: 2 }]);
  expect(await groups.offsets("auditors")).toEqual([{ topic: "administered", partition: 1, offset: 2 }]);
  expect((await groups.list()).map(({ groupId }) => groupId)).toContain("auditors");
  await groups.deleteOffsets("auditors", [{ topic: "administered", partition: 1 }]);
  expect(await groups.offsets("auditors")).toEqual([]);

  const consumer = mill.consumer([here], { group: "watched", from: "earliest" });
  const loop = consumer[Symbol.asyncIterator]();
  await loop.next();
  expect(await groups.describe("watched")).toMatchObject({
    state: "Stable",
    protocolName: "range",
    members: [
      {
        clientId: "millrace",
        topics: ["administered"],
        partitions: [0, 1, 2, 3].map((partition) => ({ topic: "administered", partition })),
      },
    ],
  });
  await expect(groups.delete("watched")).rejects.toMatchObject({ code: "NON_EMPTY_GROUP" });
  await consumer.close();
  await groups.delete("watched");
  await topics.delete("administered");
  await expect(topics.describe("administered")).rejects.toMatchObject({ code: "UNKNOWN_TOPIC_OR_PARTITION" });
  expect(await mill.admin.describeCluster()).toMatchObject({ controller: 1, brokers: [{ id: 1, isFenced: false }] });
});

test("a broker that is killed and comes back is found again: nothing is lost, doubled or left undone", async () => {
  await using own = await BrokerProcess.start();
  await using mill = connect(own.bootstrap, { signals: false });
  const here = topic("survivors", { key: text, value: text });
  await mill.admin.topics.create("survivors", { partitions: 2 });
  const producer = mill.producer();
  const consumer = mill.consumer([here], { group: "survivors", from: "earliest" });
  const handled = new Set<string>();
  const run = consumer.run(({ value }) => void handled.add(value));
  const send = async (from: number, to: number) => {
    for (let number = from; number < to; number++) await producer.enqueue(here, { key: `${number}`, value: `${number}` });
  };
  await send(0, 500);
  await producer.flush();
  const port = Number(own.bootstrap.split(":")[1]);
  const settings = { set: [`listeners=PLAINTEXT://127.0.0.1:${port}`] };
  const restarting = own.restart("SIGKILL", settings);
  await send(500, 1000);
  await using restarted = await restarting;
  expect(restarted.bootstrap).toBe(own.bootstrap);
  await producer.flush();
  const ends = await mill.admin.topics.offsets([0, 1].map((partition) => ({ topic: "survivors", partition, at: "latest" as const })));
  expect(ends[0]! + ends[1]!).toBe(1000);
  while (handled.size < 1000) await new Promise((resolve) => void setTimeout(resolve, 20));
  await consumer.close();
  await run;
});
