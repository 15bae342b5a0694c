import { type Consumer, Kafka, logLevel, type RecordMetadata } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";

describe("kafkajs", () => {
  let broker: BrokerProcess;
  let kafka: Kafka;
  beforeAll(async () => {
    broker = await BrokerProcess.start();
    kafka = new Kafka({ clientId: "kafkajs", brokers: [broker.bootstrap], logLevel: logLevel.NOTHING });
  });
  afterAll(async () => {
    await broker[Symbol.asyncDispose]();
  });

  /** Reads until `count` values have come. */
  async function values(consumer: Consumer, count: number): Promise<string[]> {
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ message }) => {
            seen.push(message.value!.toString());
            if (seen.length === count) resolve();
          },
        })
        .catch(reject);
    });
    return seen;
  }

  test("topics are created, described and deleted", async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({
      topics: [{ topic: "created", numPartitions: 3, configEntries: [{ name: "retention.ms", value: "5000" }] }],
    });
    expect(await admin.listTopics()).toContain("created");
    expect((await admin.fetchTopicMetadata({ topics: ["created"] })).topics[0]!.partitions).toHaveLength(3);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: "created", configNames: ["retention.ms"] }],
    });
    expect(resources[0]!.configEntries[0]).toMatchObject({ configName: "retention.ms", configValue: "5000" });
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: 2, name: "created", configEntries: [{ name: "retention.ms", value: "6000" }] }],
    });
    await admin.createPartitions({ topicPartitions: [{ topic: "created", count: 5 }] });
    expect((await admin.fetchTopicOffsets("created")).length).toBe(5);
    await admin.deleteTopics({ topics: ["created"] });
    expect(await admin.listTopics()).not.toContain("created");
    await admin.disconnect();
  });

  test("what an idempotent producer sends, a group reads, keys and headers with it", async () => {
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const sent: RecordMetadata[] = [];
    for (let index = 0; index < 50; index++)
      sent.push(
        ...(await producer.send({ topic: "orders", messages: [{ key: `k${index}`, value: `v${index}`, headers: { h: `${index}` } }] })),
      );
    await producer.disconnect();
    expect(sent.map(({ baseOffset }) => Number(baseOffset))).toEqual([...Array(50).keys()]);

    const consumer = kafka.consumer({ groupId: "readers", sessionTimeout: 10_000 });
    await consumer.connect();
    await consumer.subscribe({ topic: "orders", fromBeginning: true });
    expect(await values(consumer, 50)).toEqual([...Array(50).keys()].map((index) => `v${index}`));
    await consumer.disconnect();

    const admin = kafka.admin();
    await admin.connect();
    expect((await admin.fetchOffsets({ groupId: "readers", topics: ["orders"] }))[0]!.partitions[0]!.offset).toBe("50");
    expect((await admin.describeGroups(["readers"])).groups[0]!.state).toBe("Empty");
    await admin.deleteGroups(["readers"]);
    await admin.disconnect();
  });

  test("a second member takes over half of the partitions", async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "shared", numPartitions: 4 }] });
    const join = async () => {
      const consumer = kafka.consumer({ groupId: "sharers", sessionTimeout: 10_000, rebalanceTimeout: 10_000, heartbeatInterval: 200 });
      await consumer.connect();
      await consumer.subscribe({ topic: "shared", fromBeginning: true });
      return consumer;
    };
    const [first, second] = [await join(), await join()];
    const assigned = (consumer: Consumer, count: number) =>
      new Promise<number[]>((resolve) => {
        consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
          const partitions = payload.memberAssignment["shared"] ?? [];
          if (partitions.length === count) resolve(partitions);
        });
      });
    const all = assigned(first, 4);
    await first.run({ eachMessage: async () => {} });
    await all;
    const halves = [assigned(first, 2), assigned(second, 2)];
    await second.run({ eachMessage: async () => {} });
    expect((await Promise.all(halves)).flat().sort()).toEqual([0, 1, 2, 3]);
    await first.disconnect();
    await second.disconnect();
    await admin.disconnect();
  });
});
