import { expect, test } from "vitest";
import type { SimulatedClient } from "./support/simulated-client.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const topics = ["first", "second", "third"];

/** A cluster with a topic led by each broker. */
async function clusterWithTopics(seed = 1): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start({ seed });
  const client = await cluster.connect(1);
  for (const topic of topics) await client.createTopic(topic);
  await cluster.pass(100);
  return cluster;
}

async function leaderClient(cluster: SimulatedCluster, topic: string): Promise<SimulatedClient> {
  return cluster.connect(cluster.leaderOf(topic)!);
}

async function brokersSeen(client: SimulatedClient): Promise<number[]> {
  return (await client.ask("Metadata", 9, { topics: [] })).brokers.map(({ nodeId }) => nodeId);
}

test("topics spread over brokers that have no controller in their process, and each serves its own", async () => {
  const cluster = await clusterWithTopics();
  expect(topics.map((topic) => cluster.leaderOf(topic)).sort()).toEqual([1, 2, 3]);
  for (const topic of topics) {
    const client = await leaderClient(cluster, topic);
    expect(await brokersSeen(client)).toEqual([1, 2, 3]);
    expect(await cluster.world.drive(client.produce(topic, `in ${topic}`, -1))).toMatchObject({ code: "NONE", offset: 0 });
    expect([...(await client.readAll(topic)).values()]).toEqual([`in ${topic}`]);
  }
});

test("a broker that crashes is fenced, named to no client, and serves what it acknowledged when it is back", async () => {
  const cluster = await clusterWithTopics();
  const before = await leaderClient(cluster, "second");
  await cluster.world.drive(before.produce("second", "kept", -1));
  const down = cluster.leaderOf("second")!;
  const other = await cluster.connect(cluster.leaderOf("first")!);
  cluster.crash(down);
  await cluster.pass(50);
  expect(cluster.isFenced(down)).toBe(true);
  expect(await brokersSeen(other)).not.toContain(down);
  const { topics: told } = await other.ask("Metadata", 9, { topics: [{ name: "second" }] });
  expect(told[0]!.partitions[0]).toMatchObject({ errorCode: 5, leaderId: -1 });

  await cluster.restart(down);
  await cluster.pass(50);
  expect(cluster.isFenced(down)).toBe(false);
  expect(await brokersSeen(other)).toEqual([1, 2, 3]);
  expect([...(await (await leaderClient(cluster, "second")).readAll("second")).values()]).toEqual(["kept"]);
});

/** Everything that went wrong while a client writes to a topic and reads it, as fast as it is answered. */
function load(client: SimulatedClient, topic: string): { readonly faults: string[]; count: number } {
  const done = { faults: [] as string[], count: 0 };
  const write = async () => {
    for (;;) {
      const { code } = await client.produce(topic, `value-${done.count++}`, -1);
      if (code !== "NONE") done.faults.push(`produce ${code}`);
    }
  };
  const read = async () => {
    for (;;) {
      const partitions = [{ partition: 0, fetchOffset: Math.max(0, done.count - 10), partitionMaxBytes: 1 << 10 }];
      const { responses } = await client.send("Fetch", 11, {
        maxWaitMs: 20,
        minBytes: 1,
        maxBytes: 1 << 20,
        topics: [{ topic, partitions }],
      });
      const { errorCode } = responses[0]!.partitions[0]!;
      // What was not appended yet may be asked for: that is no fault.
      if (errorCode !== 0 && errorCode !== 1) done.faults.push(`fetch ${errorCode}`);
    }
  };
  for (const act of [write, write, read]) act().catch((error: unknown) => done.faults.push(String(error)));
  return done;
}

test("a controller that restarts under load costs nobody an error, and no partition an epoch", async () => {
  for (const seed of [1, 2]) {
    const cluster = await clusterWithTopics(seed);
    const loads = [];
    for (const topic of topics) loads.push(load(await leaderClient(cluster, topic), topic));
    await cluster.pass(200);
    cluster.crashController();
    await cluster.pass(500);
    await cluster.startController();
    await cluster.pass(200);
    const counts = loads.map(({ count }) => count);
    await cluster.pass(3_000);
    expect(loads.map(({ faults }) => faults)).toEqual([[], [], []]);
    for (const [index, { count }] of loads.entries()) expect(count).toBeGreaterThan(counts[index]! + 100);
    for (const topic of topics) expect(cluster.controller.image.topics.byName(topic)?.partitions[0]?.leaderEpoch).toBe(0);
    expect([1, 2, 3].map((id) => cluster.isFenced(id))).toEqual([false, false, false]);
  }
});

test("while no controller is heard for the session time-out a leader refuses to write, and goes on when there is one", async () => {
  const cluster = await clusterWithTopics();
  const client = await leaderClient(cluster, "first");
  cluster.crashController();
  await cluster.pass(1_400);
  expect(await cluster.world.drive(client.produce("first", "early", -1))).toMatchObject({ code: "NONE" });
  await cluster.pass(700);
  expect(await cluster.world.drive(client.produce("first", "late", -1))).toMatchObject({ code: "NOT_LEADER_OR_FOLLOWER" });
  expect([...(await client.readAll("first")).values()]).toEqual(["early"]);
  await cluster.startController();
  await cluster.pass(1_000);
  expect(await cluster.world.drive(client.produce("first", "later", -1))).toMatchObject({ code: "NONE" });
});

test("a broker that stops in order is fenced when it is gone, without anybody waiting for a time-out", async () => {
  const cluster = await clusterWithTopics();
  const id = cluster.leaderOf("third")!;
  const began = cluster.world.nowMs;
  await cluster.world.drive(cluster.broker(id).stop());
  expect(cluster.isFenced(id)).toBe(true);
  expect(cluster.leaderOf("third")).toBe(-1);
  expect(cluster.world.nowMs - began).toBeLessThan(1_000);
});

test("a broker that runs cannot be unregistered, one that has stopped can, and DescribeCluster shows it as fenced in between", async () => {
  const cluster = await clusterWithTopics();
  const client = await cluster.connect(1);
  const unregister = async () => (await client.ask("UnregisterBroker", 0, { brokerId: 3 })).errorCode;
  const shown = async (includeFencedBrokers: boolean) => {
    const request = { includeClusterAuthorizedOperations: false, endpointType: 1, includeFencedBrokers };
    return (await client.ask("DescribeCluster", 2, request)).brokers.map(({ brokerId, isFenced }) => [brokerId, isFenced]);
  };
  expect(await unregister()).toBe(42);
  cluster.crash(3);
  await cluster.pass(50);
  expect(await shown(false)).toEqual([
    [1, false],
    [2, false],
  ]);
  expect((await shown(true))[2]).toEqual([3, true]);
  expect(await unregister()).toBe(0);
  expect(await shown(true)).toHaveLength(2);
  expect(await unregister()).toBe(102);
});

test("a broker beside the controller and one apart are one cluster; when the former restarts, the latter goes on as it was", async () => {
  const cluster = await SimulatedCluster.start({ brokers: 1, isBeside: true });
  const client = await cluster.connect(1);
  await client.createTopic("first");
  await client.createTopic("second");
  await cluster.pass(100);
  expect([cluster.leaderOf("first"), cluster.leaderOf("second")].sort()).toEqual([1, 100]);
  const apart = cluster.leaderOf("first") === 1 ? "first" : "second";
  const loaded = load(await cluster.connect(1), apart);
  cluster.crashController();
  await cluster.pass(300);
  await cluster.startController();
  await cluster.pass(2_500);
  expect(loaded.faults).toEqual([]);
  expect([cluster.isFenced(1), cluster.isFenced(100)]).toEqual([false, false]);
  expect(cluster.controller.image.topics.byName(apart)?.partitions[0]?.leaderEpoch).toBe(0);
});
