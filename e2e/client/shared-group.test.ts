import { connect, text, topic } from "@millrace/client";
import { describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { kafkaTool, kafkaToolsMissing } from "../support/kafka-tools.ts";

const missing = await kafkaToolsMissing();

describe.skipIf(missing !== undefined)(`with Kafka's Java consumer${missing === undefined ? "" : ` (left out: ${missing})`}`, () => {
  test("members of both clients share a group: each record goes to one of them", async () => {
    await using broker = await BrokerProcess.start();
    await using mill = connect(broker.bootstrap, { signals: false });
    const shared = topic("shared", { key: text, value: text });
    await mill.admin.topics.create("shared", { partitions: 4 });
    const ours: string[] = [];
    const consumer = mill.consumer([shared], { group: "mixed", from: "earliest" });
    const run = consumer.run(({ value }) => void ours.push(value));
    const asked = `--bootstrap-server ${broker.bootstrap} --topic shared --group mixed --from-beginning --timeout-ms 10000`;
    const java = kafkaTool("kafka-console-consumer", asked.split(" "));
    await both(mill, "mixed");
    const producer = mill.producer();
    const values = Array.from({ length: 200 }, (_, index) => `value ${index}`);
    for (const value of values) await producer.enqueue(shared, { key: value, value });
    await producer.flush();
    const theirs = (await java).stdout.toString().trim().split("\n");
    expect(ours.length).toBeGreaterThan(0);
    expect(theirs.length).toBeGreaterThan(0);
    expect([...ours, ...theirs].sort()).toEqual([...values].sort());
    await consumer.close();
    await run;
  });

  test("a key goes to the partition where Java's producer puts it", async () => {
    await using broker = await BrokerProcess.start();
    await using mill = connect(broker.bootstrap, { signals: false });
    await mill.admin.topics.create("placed", { partitions: 17 });
    const keys = Array.from({ length: 200 }, (_, index) => `key ${index * index}`);
    const input = keys.map((key) => `${key}|java\n`).join("");
    const properties = ["--reader-property", "parse.key=true", "--reader-property", "key.separator=|"];
    await kafkaTool("kafka-console-producer", ["--bootstrap-server", broker.bootstrap, "--topic", "placed", ...properties], { input });
    const placed = topic("placed", { key: text, value: text });
    const producer = mill.producer();
    for (const key of keys) await producer.enqueue(placed, { key, value: "ours" });
    await producer.flush();
    const partitions = new Map<string, Set<number>>();
    let count = 0;
    for await (const { key, partition } of mill.consumer([placed], { partitions: "all", from: "earliest" })) {
      partitions.set(key, (partitions.get(key) ?? new Set()).add(partition));
      if (++count === 2 * keys.length) break;
    }
    expect([...partitions.values()].every((all) => all.size === 1)).toBe(true);
    expect(partitions.size).toBe(keys.length);
  });
});

/** Waits until the group has two members that have their partitions. */
async function both(mill: ReturnType<typeof connect>, groupId: string): Promise<void> {
  for (;;) {
    const { state, members } = await mill.admin.groups.describe(groupId).catch(() => ({ state: "Dead", members: [] }));
    if (state === "Stable" && members.length === 2 && members.every(({ partitions }) => partitions.length === 2)) return;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}
