import type { MetadataImage } from "@millrace/metadata";
import { BrokerId, Configuration, type ErrorCode, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import {
  clusterPartitionsMax,
  listenersMax,
  partitionsPerRequestMax,
  proposedBytesMax,
  registrationTextMax,
  settingLengthMax,
  topicPartitionsMax,
} from "../src/bounds.ts";
import { decideAlterConfig } from "../src/decide/alter-config.ts";
import { decideCreatePartitions } from "../src/decide/create-partitions.ts";
import { decideCreateTopic } from "../src/decide/create-topic.ts";
import type { Surroundings } from "../src/decide/decision.ts";
import { decideRegisterBroker } from "../src/decide/register-broker.ts";
import { Proposals } from "../src/proposals.ts";
import { imageWith } from "./support/image.ts";
import { configChange, morePartitions, newTopic, registration, wordsOf } from "./support/requests.ts";
import { chance, clock, clusterId, settle } from "./support/world.ts";

const random = chance(1).stream("test");
const configuration = new Configuration();
const refuses = (code: ErrorCode) => expect.objectContaining({ code });

function within(image: MetadataImage): Surroundings {
  return { image, nextOffset: Offset(image.offset + 1), configuration, random };
}

const one = imageWith([{ id: 1 }]);
const create = (text: string, image = one) => decideCreateTopic(within(image), newTopic(wordsOf(text)));

test("a request for more partitions than one proposal holds is refused, the last one that fits is granted", () => {
  expect(create(`fits partitions=${partitionsPerRequestMax} rf=1`).reply.partitions).toBe(partitionsPerRequestMax);
  expect(() => create(`over partitions=${partitionsPerRequestMax + 1} rf=1`)).toThrow(refuses("POLICY_VIOLATION"));
});

test("a topic and a cluster have a bound of partitions", () => {
  const image = imageWith([{ id: 1 }], ...create("orders partitions=2 rf=1").records);
  const more = (total: number) => decideCreatePartitions(within(image), morePartitions(wordsOf(`orders total=${total}`)));
  expect(() => more(topicPartitionsMax)).not.toThrow();
  expect(() => more(topicPartitionsMax + 1)).toThrow(refuses("POLICY_VIOLATION"));
  const full = { ...one, loads: new Map([[BrokerId(1), { replicas: clusterPartitionsMax, preferred: clusterPartitionsMax - 1 }]]) };
  expect(() => create("last partitions=1 rf=1", full)).not.toThrow();
  expect(() => create("over partitions=2 rf=1", full)).toThrow(refuses("POLICY_VIOLATION"));
});

test("the text of a setting is bounded", () => {
  const alter = (length: number) => {
    const change = configChange("topic:orders merge leader.replication.throttled.replicas=x");
    const operations = [{ ...change.operations[0]!, value: "1".repeat(length) }];
    const image = imageWith([{ id: 1 }], ...create("orders partitions=1 rf=1").records);
    return [...decideAlterConfig(within(image), { ...change, operations }).records];
  };
  expect(alter(settingLengthMax)).toHaveLength(1);
  expect(() => alter(settingLengthMax + 1)).toThrow(refuses("INVALID_CONFIG"));
});

test("a registration is bounded", () => {
  const register = (changes: object) =>
    decideRegisterBroker(within(one), { ...registration(wordsOf("2")), ...changes }, { clusterId, session: undefined });
  const listener = { name: "PLAINTEXT", host: "127.0.0.1", port: 9092 };
  expect(() => register({ listeners: Array.from({ length: listenersMax }, () => listener) })).not.toThrow();
  expect(() => register({ listeners: Array.from({ length: listenersMax + 1 }, () => listener) })).toThrow(refuses("INVALID_REGISTRATION"));
  expect(() => register({ host: "h".repeat(registrationTextMax) })).not.toThrow();
  expect(() => register({ rack: "r".repeat(registrationTextMax + 1) })).toThrow(refuses("INVALID_REGISTRATION"));
});

test("while too much is proposed and not committed, decisions wait", async () => {
  const commits: (() => void)[] = [];
  let nextOffset = 1;
  const quorum = {
    role: { leader: true, term: 1 },
    get nextOffset() {
      return Offset(nextOffset);
    },
    propose(records: readonly Uint8Array[]) {
      nextOffset += records.length;
      return new Promise<void>((resolve) => commits.push(resolve));
    },
  };
  const proposals = new Proposals({ quorum: quorum as never, clock, configuration, random, committed: () => one, risked() {} });
  proposals.begin(1);
  const value = "v".repeat(1024 * 1024);
  const decide = (key: string) => () => ({ records: [{ type: "Config", resource: { type: "cluster" }, key, value } as const], reply: key });
  const answers = Promise.all(Array.from({ length: 12 }, (_, index) => proposals.decide(decide(`key-${index}`))));
  await settle();
  expect(commits.length).toBe(Math.ceil(proposedBytesMax / value.length));
  while (commits.length > 0) {
    for (const commit of commits.splice(0)) commit();
    await settle();
  }
  expect(await answers).toHaveLength(12);
});
