import { expect, test } from "vitest";
import { ReplicatedTopic } from "./support/replicated-topic.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const brokers = [1, 2, 3];

/** A replicated topic with some values, of which no broker holds any in memory. */
async function written(values = 20): Promise<ReplicatedTopic> {
  const configs = { "min.insync.replicas": "2", "retention.ms": "-1" };
  const settings = () => ({ "millrace.tail.max.bytes": "0", "replica.lag.time.max.ms": "4000" });
  const topic = await ReplicatedTopic.make(await SimulatedCluster.start({ settings }), configs);
  for (let count = 0; count < values; count++) {
    const { code, offset } = await topic.produce(`value-${count}`);
    expect(code).toBe("NONE");
    topic.acknowledged.set(offset, `value-${count}`);
  }
  for (const id of brokers) topic.cluster.crash(id);
  await topic.cluster.restart(...brokers);
  await topic.cluster.pass(5_000);
  expect(topic.isr).toEqual(brokers);
  return topic;
}

/** A bit turns over in the middle of a replica's log. */
function rot(topic: ReplicatedTopic, id: number): void {
  const { topicId } = topic.replica(id);
  const platter = topic.cluster.world.platter(`broker-${id}`);
  const path = `/data/logs/${topicId}-0/00000000000000000000.log`;
  platter.flipBit(path, Math.floor(platter.bytes(path)!.length / 2), 3);
}

/** Reads everything that a broker has, as a consumer does: as far as it can be read. */
async function read(topic: ReplicatedTopic, id: number): Promise<void> {
  await topic.batches(id).catch(() => undefined);
}

async function expectWhole(topic: ReplicatedTopic): Promise<void> {
  expect(topic.isr).toEqual(brokers);
  expect(await topic.lost()).toEqual([]);
  const batches = await topic.batches(1);
  for (const id of [2, 3]) expect(await topic.batches(id)).toEqual(batches);
}

test("a leader whose log is damaged gives way to a replica in sync, copies what it lacks from it, and nothing is lost", async () => {
  const topic = await written();
  const { leader } = topic;
  rot(topic, leader);
  await read(topic, leader);
  await topic.cluster.pass(10_000);
  expect(topic.leader).not.toBe(leader);
  await expectWhole(topic);
  expect((await topic.produce("after")).code).toBe("NONE");
});

test("a follower whose log is damaged leaves the ISR, copies what it lacks from its leader, and joins again", async () => {
  const topic = await written();
  const follower = brokers.findLast((id) => id !== topic.leader)!;
  const before = topic.replica(follower).leaderEpoch;
  rot(topic, follower);
  await read(topic, follower);
  await topic.cluster.pass(10_000);
  expect(topic.leader).not.toBe(follower);
  expect(topic.replica(follower).leaderEpoch).toBeGreaterThan(before);
  await expectWhole(topic);
});

test("a follower that catches up finds its leader's log damaged: another leads, and it catches up from that one", async () => {
  const topic = await written();
  const { cluster, leader } = topic;
  const behind = brokers.find((id) => id !== leader)!;
  rot(topic, leader);
  await cluster.world.drive(topic.replica(behind).log.restartAt(topic.replica(behind).log.logStart));
  cluster.crash(behind, "power cut");
  await cluster.pass(3_000);
  await cluster.restart(behind);
  await cluster.pass(20_000);
  expect(topic.leader).not.toBe(leader);
  await expectWhole(topic);
});

test("where nobody else is in sync, a damaged leader goes on, and refuses what it cannot read", async () => {
  const topic = await written();
  const { cluster, leader } = topic;
  const others = brokers.filter((id) => id !== leader);
  for (const id of others) cluster.crash(id);
  await cluster.pass(6_000);
  rot(topic, leader);
  await read(topic, leader);
  await cluster.pass(6_000);
  expect([topic.leader, topic.replica(leader).log.logEnd]).toEqual([leader, 20]);
  await expect(topic.batches(leader)).rejects.toMatchObject({ code: "KAFKA_STORAGE_ERROR" });
  await cluster.restart(...others);
  await cluster.pass(30_000);
  await expectWhole(topic);
});
