import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { kafkaTool, kafkaToolsMissing, type KafkaTool } from "../support/kafka-tools.ts";

const missing = await kafkaToolsMissing();

describe.skipIf(missing !== undefined)(`Kafka's own tools${missing === undefined ? "" : ` (left out: ${missing})`}`, () => {
  let broker: BrokerProcess;
  beforeAll(async () => {
    broker = await BrokerProcess.start();
  });
  afterAll(async () => {
    await broker[Symbol.asyncDispose]();
  });

  async function tool(name: KafkaTool, args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await kafkaTool(
      name,
      ["--bootstrap-server", broker.bootstrap, ...args],
      input === undefined ? {} : { input },
    );
    expect([code, stderr], `${name} ${args.join(" ")}`).toEqual([0, expect.not.stringContaining("ERROR")]);
    return stdout.toString();
  }

  test("the four commands of every introduction to Kafka", async () => {
    expect(await tool("kafka-topics", ["--create", "--topic", "quickstart", "--partitions", "3", "--replication-factor", "1"])).toContain(
      "Created topic quickstart.",
    );
    expect((await tool("kafka-topics", ["--list"])).split("\n")).toContain("quickstart");
    const described = await tool("kafka-topics", ["--describe", "--topic", "quickstart"]);
    expect(described).toMatch(/Topic: quickstart\s+TopicId: \S{22}\s+PartitionCount: 3\s+ReplicationFactor: 1/);
    expect(described.match(/Leader: 1\s+Replicas: 1\s+Isr: 1/g)).toHaveLength(3);

    await tool("kafka-console-producer", ["--topic", "quickstart"], "This is my first event\nThis is my second event\n");
    const consumed = await kafkaTool("kafka-console-consumer", [
      "--bootstrap-server",
      broker.bootstrap,
      "--topic",
      "quickstart",
      "--from-beginning",
      "--max-messages",
      "2",
      "--group",
      "readers",
      "--timeout-ms",
      "30000",
    ]);
    expect(consumed.stdout.toString().trim().split("\n").sort()).toEqual(["This is my first event", "This is my second event"]);

    const group = await tool("kafka-consumer-groups", ["--describe", "--group", "readers"]);
    expect(
      group
        .split("\n")
        .filter((line) => line.startsWith("readers"))
        .map((line) => Number(line.trim().split(/\s+/)[5]))
        .reduce((sum, lag) => sum + lag, 0),
    ).toBe(0);
    expect(await tool("kafka-consumer-groups", ["--list"])).toContain("readers");
  });

  test("keys, headers and timestamps go through the console tools", async () => {
    await tool(
      "kafka-console-producer",
      [
        "--topic",
        "keyed",
        "--reader-property",
        "parse.key=true",
        "--reader-property",
        "parse.headers=true",
        "--reader-property",
        "key.separator=|",
        "--reader-property",
        "headers.delimiter=~",
      ],
      "h1:v1~k1|one\nh2:v2~k2|two\n",
    );
    const consumed = await kafkaTool("kafka-console-consumer", [
      "--bootstrap-server",
      broker.bootstrap,
      "--topic",
      "keyed",
      "--from-beginning",
      "--max-messages",
      "2",
      "--timeout-ms",
      "30000",
      ...["print.key", "print.headers", "print.partition", "print.offset"].flatMap((property) => [
        "--formatter-property",
        `${property}=true`,
      ]),
    ]);
    expect(consumed.stdout.toString().trim().split("\n")).toEqual([
      "Partition:0\tOffset:0\th1:v1\tk1\tone",
      "Partition:0\tOffset:1\th2:v2\tk2\ttwo",
    ]);
  });

  test("topics are altered, grown and deleted", async () => {
    await tool("kafka-topics", [
      "--create",
      "--topic",
      "changing",
      "--partitions",
      "1",
      "--replication-factor",
      "1",
      "--config",
      "retention.ms=1000000",
    ]);
    await tool("kafka-topics", ["--alter", "--topic", "changing", "--partitions", "4"]);
    expect(await tool("kafka-topics", ["--describe", "--topic", "changing"])).toMatch(/PartitionCount: 4.*Configs: retention\.ms=1000000/);
    await tool("kafka-configs", [
      "--alter",
      "--entity-type",
      "topics",
      "--entity-name",
      "changing",
      "--add-config",
      "cleanup.policy=[compact,delete],max.message.bytes=2000",
    ]);
    const configs = await tool("kafka-configs", ["--describe", "--entity-type", "topics", "--entity-name", "changing"]);
    expect(configs).toContain("cleanup.policy=compact,delete");
    expect(configs).toContain(
      "max.message.bytes=2000 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:max.message.bytes=2000, DEFAULT_CONFIG:message.max.bytes=1048588}",
    );
    await tool("kafka-configs", [
      "--alter",
      "--entity-type",
      "topics",
      "--entity-name",
      "changing",
      "--delete-config",
      "max.message.bytes",
    ]);
    expect(await tool("kafka-configs", ["--describe", "--entity-type", "topics", "--entity-name", "changing"])).not.toContain(
      "max.message.bytes",
    );
    await tool("kafka-topics", ["--delete", "--topic", "changing"]);
    expect((await tool("kafka-topics", ["--list"])).split("\n")).not.toContain("changing");
  });

  test("brokers' settings are described and changed", async () => {
    expect(await tool("kafka-configs", ["--describe", "--entity-type", "brokers", "--entity-name", "1", "--all"])).toContain("node.id=1");
    await tool("kafka-configs", ["--alter", "--entity-type", "brokers", "--entity-default", "--add-config", "message.max.bytes=2000000"]);
    expect(await tool("kafka-configs", ["--describe", "--entity-type", "brokers", "--entity-default"])).toContain(
      "message.max.bytes=2000000",
    );
  });

  test("offsets are found, and records deleted", async () => {
    await tool("kafka-console-producer", ["--topic", "counted"], "a\nb\nc\n");
    expect(await tool("kafka-get-offsets", ["--topic", "counted"])).toBe("counted:0:3\n");
    expect(await tool("kafka-get-offsets", ["--topic", "counted", "--time", "earliest"])).toBe("counted:0:0\n");
    expect(await tool("kafka-get-offsets", ["--topic", "counted", "--time", "max-timestamp"])).toMatch(/^counted:0:\d\n$/);
    expect(await tool("kafka-log-dirs", ["--describe", "--topic-list", "counted"])).toContain('"partition":"counted-0"');
  });

  test("a group is reset and deleted", async () => {
    await tool("kafka-console-producer", ["--topic", "reset"], "a\nb\nc\n");
    await kafkaTool("kafka-console-consumer", [
      "--bootstrap-server",
      broker.bootstrap,
      "--topic",
      "reset",
      "--from-beginning",
      "--max-messages",
      "3",
      "--group",
      "resetters",
      "--timeout-ms",
      "30000",
    ]);
    expect(
      await tool("kafka-consumer-groups", ["--reset-offsets", "--group", "resetters", "--topic", "reset", "--to-earliest", "--execute"]),
    ).toMatch(/resetters\s+reset\s+0\s+0/);
    expect(await tool("kafka-consumer-groups", ["--describe", "--group", "resetters", "--members"])).toBeDefined();
    expect(await tool("kafka-consumer-groups", ["--delete", "--group", "resetters"])).toContain(
      "Deletion of requested consumer groups ('resetters') was successful.",
    );
  });

  test.each(["none", "gzip", "snappy", "lz4", "zstd"])(
    "Java's idempotent producer and its consumer agree, compressed by %s",
    async (compression) => {
      const topic = `verified-${compression}`;
      const config = join(broker.directory, `${compression}.properties`);
      writeFileSync(config, `compression.type=${compression}\nlinger.ms=5\n`);
      await tool("kafka-topics", ["--create", "--topic", topic, "--partitions", "4", "--replication-factor", "1"]);
      const produced = await tool("kafka-verifiable-producer", [
        "--topic",
        topic,
        "--max-messages",
        "2000",
        "--acks",
        "-1",
        "--producer.config",
        config,
      ]);
      const acked = produced
        .split("\n")
        .filter((line) => line.includes("producer_send_success"))
        .map((line) => (JSON.parse(line) as { value: string }).value);
      expect(acked).toHaveLength(2000);
      const consumed = await tool("kafka-verifiable-consumer", [
        "--topic",
        topic,
        "--group-id",
        topic,
        "--reset-policy",
        "earliest",
        "--max-messages",
        "2000",
        "--verbose",
      ]);
      const values = consumed
        .split("\n")
        .filter((line) => line.includes('"record_data"'))
        .map((line) => (JSON.parse(line) as { value: string }).value);
      expect(values.sort()).toEqual(acked.sort());
    },
  );

  test("the log says nothing of an error", () => {
    expect(broker.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
