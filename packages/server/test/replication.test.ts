import type { Partition } from "@millrace/replication";
import { expect, test } from "vitest";
import type { SimulatedClient } from "./support/simulated-client.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const topic = "orders";

async function replicated(configs: Readonly<Record<string, string>> = {}, seed = 1): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start({ seed });
  await (await cluster.connect(1)).createTopic(topic, configs, 3);
  await cluster.pass(200);
  return cluster;
}

function replica(cluster: SimulatedCluster, id: number): Partition {
  const { id: topicId } = cluster.controller.image.topics.byName(topic)!;
  return cluster.broker(id).broker.replicas.partition(topicId, 0)!;
}

function isr(cluster: SimulatedCluster): number[] {
  return [...cluster.controller.image.topics.byName(topic)!.partitions[0]!.isr].sort();
}

async function leaderClient(cluster: SimulatedCluster): Promise<SimulatedClient> {
  return cluster.connect(cluster.leaderOf(topic)!);
}

test("what is acknowledged with acks=all is in every replica's log, and followers hear soon that it is committed", async () => {
  const cluster = await replicated();
  const client = await leaderClient(cluster);
  for (const value of ["a", "b", "c"]) expect(await cluster.world.drive(client.produce(topic, value, -1))).toMatchObject({ code: "NONE" });
  expect([1, 2, 3].map((id) => replica(cluster, id).log.logEnd)).toEqual([3, 3, 3]);
  await cluster.pass(1_000);
  expect([1, 2, 3].map((id) => replica(cluster, id).highWatermark)).toEqual([3, 3, 3]);
  expect([...(await client.readAll(topic)).values()]).toEqual(["a", "b", "c"]);
});

test("when the leader is killed a follower leads with everything acknowledged, and the old leader comes back and catches up", async () => {
  const cluster = await replicated({ "min.insync.replicas": "2" });
  const before = await leaderClient(cluster);
  for (const value of ["a", "b"]) await cluster.world.drive(before.produce(topic, value, -1));
  const killed = cluster.leaderOf(topic)!;
  cluster.crash(killed);
  await cluster.pass(500);
  expect(cluster.leaderOf(topic)).not.toBe(killed);
  const after = await leaderClient(cluster);
  expect(await cluster.world.drive(after.produce(topic, "c", -1))).toMatchObject({ code: "NONE", offset: 2 });
  expect([...(await after.readAll(topic)).values()]).toEqual(["a", "b", "c"]);
  expect(isr(cluster)).not.toContain(killed);

  await cluster.restart(killed);
  await cluster.pass(2_000);
  expect(isr(cluster)).toEqual([1, 2, 3]);
  expect(replica(cluster, killed).log.logEnd).toBe(3);
});
