import { setTimeout as sleep } from "node:timers/promises";
import { codeOfWire, zeroUuid } from "@millrace/vocabulary";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

/** What Kafka does in corners that its clients seldom enter; `e2e/differential` holds all of it against Kafka itself. */
const unknownId = "_____________________w";

let broker: BrokerProcess;
let client: WireClient;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  client = await WireClient.connect(broker.bootstrap);
  await coordinator();
});
afterAll(async () => {
  client.close();
  await broker[Symbol.asyncDispose]();
});

/** Resolves when groups are coordinated, which the first who asks brings about. */
async function coordinator(): Promise<void> {
  for (;;) {
    await client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: ["readers"] });
    const { groups } = await client.ask("OffsetFetch", 8, { groups: ["readers", "keepers"].map((groupId) => ({ groupId, topics: [] })) });
    if (groups.every(({ errorCode }) => errorCode === 0)) return;
    await sleep(20);
  }
}

test("what is named twice is answered once", async () => {
  await createTopic(client, "twice");
  const named = { name: "twice", topicId: zeroUuid };
  expect((await client.ask("Metadata", 12, { topics: [named, named] })).topics).toHaveLength(1);
  const removed = await client.ask("DeleteGroups", 2, { groupsNames: ["nobody", "nobody"] });
  expect(removed.results).toHaveLength(1);
  const deleted = await client.ask("DeleteTopics", 6, { topics: [named, named], timeoutMs: 10_000 });
  expect(deleted.responses.map(({ errorCode }) => codeOfWire(errorCode))).toEqual(["INVALID_REQUEST"]);
});

test("an id that nobody knows comes back with its error, and without the name that stood beside it", async () => {
  const { topics } = await client.ask("Metadata", 12, { topics: [{ name: "beside", topicId: unknownId }] });
  expect(topics.map(({ name, topicId, errorCode }) => [name, topicId, codeOfWire(errorCode)])).toEqual([
    [null, unknownId, "UNKNOWN_TOPIC_ID"],
  ]);
  const asked = { groupId: "readers", topics: [{ name: "", topicId: unknownId, partitionIndexes: [3] }] };
  const { groups } = await client.ask("OffsetFetch", 10, { groups: [asked] });
  const [topic] = groups[0]!.topics;
  expect([topic!.topicId, topic!.partitions[0]!.partitionIndex, codeOfWire(topic!.partitions[0]!.errorCode)]).toEqual([
    unknownId,
    3,
    "UNKNOWN_TOPIC_ID",
  ]);
});

test("the end of an epoch that is still to come is not known", async () => {
  await createTopic(client, "epochs");
  await produceBatch(client, "epochs", batchOf(["a", "b"]));
  const endOf = async (leaderEpoch: number) => {
    const { topics } = await client.ask("OffsetForLeaderEpoch", 4, {
      topics: [{ topic: "epochs", partitions: [{ partition: 0, leaderEpoch }] }],
    });
    const { leaderEpoch: epoch, endOffset } = topics[0]!.partitions[0]!;
    return [epoch, endOffset];
  };
  expect(await endOf(0)).toEqual([0, 2]);
  expect(await endOf(1)).toEqual([-1, -1]);
  expect(await endOf(-1)).toEqual([-1, -1]);
});

test("offsets of partitions that are not there cannot be deleted", async () => {
  await createTopic(client, "kept");
  await client.ask("OffsetCommit", 8, {
    groupId: "keepers",
    memberId: "",
    topics: [{ name: "kept", partitions: [{ partitionIndex: 0, committedOffset: 5, committedMetadata: "" }] }],
  });
  const { topics } = await client.ask("OffsetDelete", 0, {
    groupId: "keepers",
    topics: [{ name: "kept", partitions: [{ partitionIndex: 1 }, { partitionIndex: 0 }] }],
  });
  expect(topics[0]!.partitions.map(({ errorCode }) => codeOfWire(errorCode))).toEqual(["UNKNOWN_TOPIC_OR_PARTITION", "NONE"]);
});
