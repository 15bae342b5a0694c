import { bootstrapSnapshot, encodeRecord, imageHash, type MetadataRecord } from "@millrace/metadata";
import { formatQuorum } from "@millrace/raft";
import { MemoryKv } from "@millrace/raft/testing";
import { BrokerId, type BrokerKey, Configuration, LeaderEpoch, MiB, noBroker, Offset, PartitionEpoch, TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { changesPerProposal, recordsPerTurn } from "../src/bounds.ts";
import { MetadataFollower } from "../src/metadata-follower.ts";
import { firstPlace, type PartitionPlace, walkPartitions } from "../src/partition-walk.ts";
import { afterStop } from "../src/leadership.ts";
import { Proposals } from "../src/proposals.ts";
import { CountingClock } from "./support/counting-clock.ts";
import { imageWith } from "./support/image.ts";
import { begin } from "./support/life.ts";
import { newTopic, registration, wordsOf } from "./support/requests.ts";
import { chance, clusterId, self, settle, uuid, voters } from "./support/world.ts";

const topicId = TopicId(uuid(1));

/** A topic of so many partitions, all on broker 1. */
function* topicOf(partitions: number): Generator<MetadataRecord> {
  const replicas = [BrokerId(1)];
  const state = { replicas, isr: replicas, leader: BrokerId(1), leaderEpoch: LeaderEpoch(0), partitionEpoch: PartitionEpoch(0) };
  const nobody = { addingReplicas: [], removingReplicas: [], eligibleLeaders: [], lastKnownLeader: noBroker };
  yield { type: "Topic", topicId, name: "orders" };
  for (let index = 0; index < partitions; index++) yield { type: "Partition", topicId, index, ...state, ...nobody };
}

test("a long proposal is decided, folded and encoded a bounded number of records a turn, and proposed as a whole", async () => {
  const clock = new CountingClock();
  const proposed: number[] = [];
  const quorum = {
    role: { leader: true, term: 1 },
    nextOffset: Offset(1),
    async propose(records: readonly Uint8Array[]) {
      proposed.push(records.length);
      return Offset(records.length);
    },
  };
  const options = {
    configuration: new Configuration(),
    random: chance(1).stream("test"),
    committed: () => imageWith([{ id: 1 }]),
    risked() {},
  };
  const proposals = new Proposals({ ...options, clock, quorum: quorum as never });
  proposals.begin(1);
  await proposals.decide(() => ({ records: clock.counted(topicOf(10_000)), reply: undefined }));
  expect(proposed).toEqual([10_001]);
  expect(clock.most).toBeLessThanOrEqual(recordsPerTurn);
});

test("many small decisions of one request leave the loop free in between", async () => {
  const clock = new CountingClock();
  const options = {
    configuration: new Configuration(),
    random: chance(1).stream("test"),
    committed: () => imageWith([{ id: 1 }]),
    risked() {},
  };
  const proposals = new Proposals({ ...options, clock, quorum: { role: { leader: true, term: 1 }, nextOffset: Offset(1) } as never });
  proposals.begin(1);
  const decide = () => {
    clock.worked();
    return { records: [], reply: undefined };
  };
  await Promise.all(Array.from({ length: 1_000 }, () => proposals.decide(decide)));
  expect(clock.most).toBeLessThanOrEqual(recordsPerTurn / 10);
});

test("a long commit is folded a bounded number of records a turn, and seen as a whole", async () => {
  const clock = new CountingClock();
  const follower = new MetadataFollower(clock);
  const seen: number[] = [];
  follower.watch(({ image }) => seen.push(image.topics.byId(topicId)!.partitions.length));
  const records = [...topicOf(5_000)].map((record) => encodeRecord(record, 1));
  const entries = records.entries.bind(records);
  records.entries = () => clock.counted(entries()) as never;
  await follower.fold(Offset(1), 1, records);
  expect(seen).toEqual([5_000]);
  expect(clock.most).toBeLessThanOrEqual(recordsPerTurn);
});

test("a walk over a broker's partitions takes a bounded number of changes a stretch, and comes by each partition once", () => {
  const image = imageWith([{ id: 1 }], ...topicOf(2_500));
  const visited: number[] = [];
  const terms = { isActive: () => false, minIsr: 1, isUncleanAllowed: false };
  for (let place: PartitionPlace | undefined = firstPlace; place !== undefined;) {
    const stretch = walkPartitions(image, place, (topic, partition) => afterStop(topic, partition, BrokerId(1), terms));
    expect(stretch.changes.length).toBeLessThanOrEqual(changesPerProposal);
    visited.push(...stretch.changes.map(({ index }) => index));
    place = stretch.next;
  }
  expect(visited).toEqual(Array.from({ length: 2_500 }, (_, index) => index));
});

test("100,000 partitions are created, led anew after a crash, stopped, and found again from a snapshot", async () => {
  const written = new Map<BrokerKey, unknown>([["metadata.log.max.record.bytes.between.snapshots", 2 * MiB]]);
  let kv = new MemoryKv();
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  const first = await begin(kv, { written });
  await first.controller.registerBroker(registration(wordsOf("1")));
  const topics = Array.from({ length: 10 }, (_, index) => newTopic(wordsOf(`topic-${index} partitions=10000 rf=1`)));
  await first.controller.createTopics(topics, { validateOnly: false });
  await settle();
  kv = kv.crash();

  const second = await begin(kv, { written });
  const epoch = await second.controller.registerBroker(registration(wordsOf("1 life=2 stop=crashed")));
  const { image } = second.controller;
  for (const topic of image.topics.all())
    expect(topic.partitions.every(({ leader, leaderEpoch }) => leader === 1 && leaderEpoch === 1)).toBe(true);
  await second.controller.stopBroker(BrokerId(1), epoch);
  for (const topic of second.controller.image.topics.all()) expect(topic.partitions.every(({ leader }) => leader === -1)).toBe(true);
  await settle();
  await second.quorum.close();

  const third = await begin(kv);
  expect(third.controller.image.loads.get(BrokerId(1))).toEqual({ replicas: 100_000, preferred: 100_000 });
  expect(imageHash(third.controller.image)).toBe(imageHash(second.controller.image));
  await third.quorum.close();
});
