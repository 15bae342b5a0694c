import { codeOfWire } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { ReplicatedTopic } from "./support/replicated-topic.ts";
import type { SimulatedClient } from "./support/simulated-client.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const group = "readers";

/** The broker that coordinates the group, once there is one, by whoever is asked. */
async function coordinator(cluster: SimulatedCluster, asked: number): Promise<number> {
  const client = await cluster.connect(asked);
  for (;;) {
    const { coordinators } = await client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: [group] });
    const { errorCode, nodeId } = coordinators[0]!;
    if (errorCode === 0) return nodeId;
    await cluster.pass(50);
  }
}

async function commit(cluster: SimulatedCluster, client: SimulatedClient, offset: number): Promise<string> {
  for (;;) {
    const partitions = [{ partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: null }];
    const { topics } = await client.ask("OffsetCommit", 8, {
      groupId: group,
      generationIdOrMemberEpoch: -1,
      memberId: "",
      groupInstanceId: null,
      topics: [{ name: "orders", partitions }],
    });
    const code = codeOfWire(topics[0]!.partitions[0]!.errorCode);
    if (code !== "COORDINATOR_LOAD_IN_PROGRESS") return code;
    await cluster.pass(50);
  }
}

async function committed(cluster: SimulatedCluster, client: SimulatedClient): Promise<number> {
  for (;;) {
    const { groups } = await client.ask("OffsetFetch", 8, {
      groups: [{ groupId: group, topics: [{ name: "orders", partitionIndexes: [0] }] }],
      requireStable: false,
    });
    const { errorCode, topics } = groups[0]!;
    if (errorCode === 0) return topics[0]!.partitions[0]!.committedOffset;
    await cluster.pass(50);
  }
}

test("a group's coordinator moves with its partition, and what it committed is known to the next one", async () => {
  const settings = () => ({ "offsets.topic.num.partitions": "1", "offsets.topic.replication.factor": "3" });
  const cluster = await SimulatedCluster.start({ settings });
  await ReplicatedTopic.make(cluster);
  const first = await coordinator(cluster, 1);
  const client = await cluster.connect(first);
  for (const offset of [3, 7]) expect(await commit(cluster, client, offset)).toBe("NONE");
  cluster.crash(first);
  await cluster.pass(500);
  const asked = [1, 2, 3].find((id) => id !== first)!;
  const second = await coordinator(cluster, asked);
  expect(second).not.toBe(first);
  const next = await cluster.connect(second);
  expect(await committed(cluster, next)).toBe(7);
  expect(await commit(cluster, next, 9)).toBe("NONE");
  await cluster.restart(first);
  await cluster.pass(2_000);
  expect(await committed(cluster, await cluster.connect(await coordinator(cluster, first)))).toBe(9);
});
