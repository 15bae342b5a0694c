import { type BrokerKey, brokerKeys, isBrokerKey, isTopicKey, topicKeys, wireOf } from "@millrace/vocabulary";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

const topicResource = 2;
const brokerResource = 4;
const [set, remove] = [0, 1];

let broker: BrokerProcess;
let client: WireClient;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  client = await WireClient.connect(broker.bootstrap);
  await createTopic(client, "orders");
});
afterAll(async () => {
  client.close();
  await broker[Symbol.asyncDispose]();
});

async function alter(
  resourceType: number,
  resourceName: string,
  name: string,
  configOperation: number,
  value: string | null,
): Promise<number> {
  const { responses } = await client.ask("IncrementalAlterConfigs", 1, {
    resources: [{ resourceType, resourceName, configs: [{ name, configOperation, value }] }],
    validateOnly: false,
  });
  return responses[0]!.errorCode;
}

async function described(resourceType: number, resourceName: string, key: string) {
  const { results } = await client.ask("DescribeConfigs", 4, { resources: [{ resourceType, resourceName, configurationKeys: [key] }] });
  const { value, configSource } = results[0]!.configs[0]!;
  return { value, configSource };
}

/** Another value than the default that the key allows. */
function otherValue({ type, default: preset }: (typeof brokerKeys)[BrokerKey]): string {
  const print = type.print as (value: unknown) => string;
  const words = /^(?:one|any) of ([^;]*?)(?:, separated by commas)?$/.exec(type.allowed)?.[1]?.split(", ") ?? [];
  const candidates = [...words, "true", "false", "33554433", "2000000", "7", "0.25", "some.text"];
  return candidates.find((text) => type.parse(text) !== undefined && text !== (preset === undefined ? "" : print(preset)))!;
}

const dynamic = Object.keys(brokerKeys)
  .filter(isBrokerKey)
  .filter((key) => brokerKeys[key].dynamic);
// A broker alone may not have it for itself.
const ofOneBroker = dynamic.filter((key) => key !== "min.insync.replicas");

describe("a running broker takes over", () => {
  test.each(dynamic)("%s, for all brokers, and goes back to its default", async (key) => {
    const before = await described(brokerResource, "1", key);
    const value = otherValue(brokerKeys[key]);
    expect(await alter(brokerResource, "", key, set, value)).toBe(0);
    expect(await described(brokerResource, "1", key)).toEqual({ value, configSource: 3 });
    expect(await alter(brokerResource, "", key, remove, null)).toBe(0);
    expect(await described(brokerResource, "1", key)).toEqual(before);
  });

  test.each(ofOneBroker)("%s, for itself alone", async (key) => {
    const value = otherValue(brokerKeys[key]);
    expect(await alter(brokerResource, "1", key, set, value)).toBe(0);
    expect(await described(brokerResource, "1", key)).toEqual({ value, configSource: 2 });
    await alter(brokerResource, "1", key, remove, null);
  });

  test.each(
    Object.keys(topicKeys)
      .filter(isTopicKey)
      .filter((key) => key !== "remote.storage.enable"),
  )("%s, for a topic", async (key) => {
    const value = otherValue(topicKeys[key] as never);
    const throttled = key.endsWith("throttled.replicas") ? "0:1" : value;
    expect(await alter(topicResource, "orders", key, set, throttled)).toBe(0);
    expect(await described(topicResource, "orders", key)).toEqual({ value: throttled, configSource: 1 });
    await alter(topicResource, "orders", key, remove, null);
  });
});

test.each(
  Object.keys(brokerKeys)
    .filter(isBrokerKey)
    .filter((key) => !brokerKeys[key].dynamic),
)("%s cannot be changed while a broker runs", async (key) => {
  expect(await alter(brokerResource, "1", key, set, otherValue(brokerKeys[key]))).toBe(wireOf("INVALID_REQUEST"));
});

test("a changed limit holds for the very next request", async () => {
  expect((await produceBatch(client, "orders", batchOf(["x".repeat(500)]))).code).toBe("NONE");
  await alter(brokerResource, "", "message.max.bytes", set, "300");
  expect((await produceBatch(client, "orders", batchOf(["x".repeat(500)]))).code).toBe("MESSAGE_TOO_LARGE");
  await alter(topicResource, "orders", "max.message.bytes", set, "1000");
  expect((await produceBatch(client, "orders", batchOf(["x".repeat(500)]))).code).toBe("NONE");
});

test("a broker's limits and a topic's settings survive a restart", async () => {
  await alter(brokerResource, "", "fetch.max.bytes", set, "5000000");
  client.close();
  broker = await broker.restart("SIGTERM");
  client = await WireClient.connect(broker.bootstrap);
  expect(await described(brokerResource, "1", "fetch.max.bytes")).toEqual({ value: "5000000", configSource: 3 });
});
