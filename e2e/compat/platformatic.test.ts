import { Admin, Consumer, MessagesStreamModes, Producer, stringDeserializers, stringSerializers } from "@platformatic/kafka";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";

describe("@platformatic/kafka", () => {
  let broker: BrokerProcess;
  beforeAll(async () => {
    broker = await BrokerProcess.start();
  });
  afterAll(async () => {
    await broker[Symbol.asyncDispose]();
  });

  const connection = () => ({ clientId: "platformatic", bootstrapBrokers: [broker.bootstrap] });

  test("topics are created, listed and deleted", async () => {
    const admin = new Admin(connection());
    await admin.createTopics({ topics: ["created"], partitions: 3, replicas: 1 });
    expect(await admin.listTopics()).toContain("created");
    await admin.deleteTopics({ topics: ["created"] });
    expect(await admin.listTopics()).not.toContain("created");
    await admin.close();
  });

  test.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)(
    "what is produced, compressed by %s, a group consumes",
    async (compression) => {
      const topic = `orders-${compression}`;
      const producer = new Producer({
        ...connection(),
        serializers: stringSerializers,
        compression,
        idempotent: true,
        autocreateTopics: true,
        strict: true,
      });
      const messages = Array.from({ length: 100 }, (_, index) => ({
        topic,
        key: `k${index % 7}`,
        value: `a value that repeats itself ${index}`,
        headers: { h: String(index) },
      }));
      await producer.send({ messages });
      await producer.close();

      const consumer = new Consumer({
        ...connection(),
        groupId: `readers-${compression}`,
        deserializers: stringDeserializers,
        autocommit: true,
      });
      const stream = await consumer.consume({ topics: [topic], mode: MessagesStreamModes.EARLIEST, maxWaitTime: 200 });
      const seen: string[] = [];
      for await (const { key, value, headers } of stream) {
        seen.push(`${key}|${value}|${headers.get("h")}`);
        if (seen.length === messages.length) break;
      }
      expect(seen.sort()).toEqual(messages.map(({ key, value, headers }) => `${key}|${value}|${headers.h}`).sort());
      await consumer.close(true);
    },
  );

  test("groups are described", async () => {
    const admin = new Admin(connection());
    expect([...(await admin.listGroups()).keys()]).toContain("readers-none");
    await admin.close();
  });
});
