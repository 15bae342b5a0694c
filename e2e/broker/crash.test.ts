import { join } from "node:path";
import { BatchView, readRecords } from "@millrace/records";
import { zeroUuid } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { kafkaToolsMissing } from "../support/kafka-tools.ts";
import { faultsInLogs } from "../support/sound-logs.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

const missing = await kafkaToolsMissing();
const crashes = 5;

/** Writes numbered values, several requests in flight, until the connection breaks; gives the values acknowledged, by offset. */
async function writeUntilItBreaks(bootstrap: string, topic: string, from: number): Promise<Map<number, string>> {
  const acknowledged = new Map<number, string>();
  const client = await WireClient.connect(bootstrap);
  let next = from;
  const write = async () => {
    for (;;) {
      const value = `value-${next++}-${"x".repeat(500)}`;
      const { code, baseOffset } = await produceBatch(client, topic, batchOf([value]));
      if (code === "NONE") acknowledged.set(baseOffset, value);
    }
  };
  await Promise.all(Array.from({ length: 4 }, () => write().catch(() => {})));
  return acknowledged;
}

/** Every value of a partition by its offset. */
async function readAll(bootstrap: string, topic: string): Promise<Map<number, string>> {
  using client = await WireClient.connect(bootstrap);
  const values = new Map<number, string>();
  for (let offset = 0; ;) {
    const { code, records } = await fetchOne(client, topic, offset);
    expect(code).toBe("NONE");
    if (records === null || records.length === 0) return values;
    const view = new BatchView(records);
    for (let at = 0; at < records.length; at += view.sizeBytes) {
      view.moveTo(at);
      for (const record of readRecords(view, records.subarray(at + 61, at + view.sizeBytes)))
        values.set(record.offset, record.value!.toString());
      offset = view.nextOffset;
    }
  }
}

test(`kill -9 under load, ${crashes} times: everything acknowledged is there, once, at its offset`, async () => {
  let broker = await BrokerProcess.start();
  try {
    using client = await WireClient.connect(broker.bootstrap);
    await createTopic(client, "orders", { configs: { "segment.bytes": "1048576" } });
    const acknowledged = new Map<number, string>();
    for (let crash = 0; crash < crashes; crash++) {
      const writing = writeUntilItBreaks(broker.bootstrap, "orders", crash * 1_000_000);
      await new Promise((resolve) => setTimeout(resolve, 400));
      broker = await (
        await Promise.all([
          broker.restart("SIGKILL"),
          writing.then((more) => more.forEach((value, offset) => acknowledged.set(offset, value))),
        ])
      )[0];
    }
    const stored = await readAll(broker.bootstrap, "orders");
    const lost = [...acknowledged].filter(([offset, value]) => stored.get(offset) !== value);
    expect(acknowledged.size).toBeGreaterThan(100);
    expect(lost).toEqual([]);
    expect(new Set(stored.values()).size).toBe(stored.size);
    await broker.kill("SIGTERM");
    if (missing === undefined) expect(await faultsInLogs(join(broker.directory, "broker-1/logs"))).toEqual([]);
  } finally {
    await broker[Symbol.asyncDispose]();
  }
});

/** Commits an offset as soon as the group has a coordinator that has read its shard; gives the last error. */
async function commitWhenCoordinated(client: WireClient): Promise<number> {
  let error = -1;
  for (let tries = 0; tries < 100 && error !== 0; tries++) {
    await client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: ["billing"] });
    const partitions = [{ partitionIndex: 2, committedOffset: 77, committedMetadata: "note" }];
    const outsider = { groupId: "billing", generationIdOrMemberEpoch: -1, memberId: "" };
    const { topics } = await client.ask("OffsetCommit", 8, { ...outsider, topics: [{ name: "orders", partitions }] });
    error = topics[0]!.partitions[0]!.errorCode;
    if (error !== 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return error;
}

test("groups, topics and settings survive a crash", async () => {
  let broker = await BrokerProcess.start();
  try {
    const first = await WireClient.connect(broker.bootstrap);
    const topicId = await createTopic(first, "orders", { partitions: 3, configs: { "retention.ms": "12345" } });
    expect(await commitWhenCoordinated(first)).toBe(0);

    broker = await broker.restart("SIGKILL");
    using again = await WireClient.connect(broker.bootstrap);
    const { topics } = await again.ask("Metadata", 12, { topics: [{ name: "orders", topicId: zeroUuid }] });
    expect([topics[0]!.topicId, topics[0]!.partitions.length]).toEqual([topicId, 3]);
    const { results } = await again.ask("DescribeConfigs", 4, {
      resources: [{ resourceType: 2, resourceName: "orders", configurationKeys: ["retention.ms"] }],
    });
    expect(results[0]!.configs[0]!.value).toBe("12345");
    const fetched = await again.ask("OffsetFetch", 8, { groups: [{ groupId: "billing", topics: null }] });
    expect(fetched.groups[0]!.topics).toMatchObject([
      { name: "orders", partitions: [{ partitionIndex: 2, committedOffset: 77, metadata: "note", errorCode: 0 }] },
    ]);
  } finally {
    await broker[Symbol.asyncDispose]();
  }
});

test("a producer's sequences survive a crash: what it repeats is not written twice", async () => {
  let broker = await BrokerProcess.start();
  try {
    const first = await WireClient.connect(broker.bootstrap);
    await createTopic(first, "orders");
    const batch = () => batchOf(["a", "b"], { producerId: 9, producerEpoch: 0, baseSequence: 0 });
    await produceBatch(first, "orders", batch());
    broker = await broker.restart("SIGKILL");
    using again = await WireClient.connect(broker.bootstrap);
    expect(await produceBatch(again, "orders", batch())).toEqual({ code: "NONE", baseOffset: 0 });
    expect((await fetchOne(again, "orders", 0)).highWatermark).toBe(2);
  } finally {
    await broker[Symbol.asyncDispose]();
  }
});
