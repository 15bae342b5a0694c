import { codeOfWire, zeroUuid } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { ReplicatedTopic } from "./support/replicated-topic.ts";
import type { SimulatedClient } from "./support/simulated-client.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const brokers = [1, 2, 3];
const rackAware = { "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector" };

async function inRacks(): Promise<ReplicatedTopic> {
  const settings = (id: number) => ({ ...rackAware, "broker.rack": `rack-${id}` });
  const topic = await ReplicatedTopic.make(await SimulatedCluster.start({ settings }));
  await topic.produce("a");
  await topic.cluster.pass(100);
  return topic;
}

async function fetch(client: SimulatedClient, version: number, { rackId = "", offset = 0, currentLeaderEpoch = -1, maxWaitMs = 0 } = {}) {
  const partitions = [{ partition: 0, fetchOffset: offset, currentLeaderEpoch, partitionMaxBytes: 1 << 20 }];
  const request = { maxWaitMs, minBytes: 1, maxBytes: 1 << 20, rackId, topics: [{ topic: "orders", topicId: zeroUuid, partitions }] };
  const { responses } = await client.ask("Fetch", version, request);
  const { errorCode, preferredReadReplica, records, highWatermark } = responses[0]!.partitions[0]!;
  return { code: codeOfWire(errorCode), preferred: preferredReadReplica, bytes: records?.length ?? 0, highWatermark };
}

test("the leader names a consumer the follower in its rack, without records, and itself to everybody else", async () => {
  const topic = await inRacks();
  const follower = brokers.find((id) => id !== topic.leader)!;
  const client = await topic.client();
  expect(await fetch(client, 11, { rackId: `rack-${follower}` })).toMatchObject({ code: "NONE", preferred: follower, bytes: 0 });
  for (const rackId of ["", "elsewhere", `rack-${topic.leader}`])
    expect(await fetch(client, 11, { rackId })).toMatchObject({ preferred: -1, bytes: expect.toSatisfy((bytes: number) => bytes > 0) });
});

test("a follower that is not in sync is named to nobody", async () => {
  const topic = await inRacks();
  const follower = brokers.find((id) => id !== topic.leader)!;
  topic.cluster.crash(follower);
  await topic.cluster.pass(1_000);
  expect(await fetch(await topic.client(), 11, { rackId: `rack-${follower}` })).toMatchObject({ preferred: -1 });
});

test("a follower serves what it knows to be committed, waits for more, and knows its epochs", async () => {
  const topic = await inRacks();
  const follower = await topic.cluster.connect(brokers.find((id) => id !== topic.leader)!);
  expect(await fetch(follower, 11)).toMatchObject({
    code: "NONE",
    highWatermark: 1,
    bytes: expect.toSatisfy((bytes: number) => bytes > 0),
  });
  expect(await fetch(follower, 11, { currentLeaderEpoch: 9 })).toMatchObject({ code: "UNKNOWN_LEADER_EPOCH" });
  const { nowMs } = topic.cluster.world;
  const producing = (await topic.client()).produce(topic.name, "b", -1);
  expect(await fetch(follower, 11, { offset: 1, maxWaitMs: 5_000 })).toMatchObject({ code: "NONE", highWatermark: 2 });
  expect(topic.cluster.world.nowMs - nowMs).toBeLessThan(200);
  expect(await producing).toMatchObject({ code: "NONE" });
});

test("what a follower lacks it calls not available, and does not say that it lies outside the log", async () => {
  const topic = await inRacks();
  const follower = await topic.cluster.connect(brokers.find((id) => id !== topic.leader)!);
  expect(await fetch(follower, 11, { offset: 5 })).toMatchObject({ code: "OFFSET_NOT_AVAILABLE" });
  expect(await fetch(await topic.client(), 11, { offset: 5 })).toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
});

test("a follower refuses clients that cannot know it for one, and everything but reads", async () => {
  const topic = await inRacks();
  const follower = await topic.cluster.connect(brokers.find((id) => id !== topic.leader)!);
  expect(await fetch(follower, 10)).toMatchObject({ code: "NOT_LEADER_OR_FOLLOWER" });
  const listed = await follower.ask("ListOffsets", 7, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name: "orders", partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp: -1 }] }],
  });
  expect(codeOfWire(listed.topics[0]!.partitions[0]!.errorCode)).toBe("NOT_LEADER_OR_FOLLOWER");
  const ended = await follower.ask("OffsetForLeaderEpoch", 4, {
    replicaId: -1,
    topics: [{ topic: "orders", partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }] }],
  });
  expect(codeOfWire(ended.topics[0]!.partitions[0]!.errorCode)).toBe("NOT_LEADER_OR_FOLLOWER");
  const { code } = await topic.cluster.world.drive(follower.produce("orders", "x", -1));
  expect(code).toBe("NOT_LEADER_OR_FOLLOWER");
});
