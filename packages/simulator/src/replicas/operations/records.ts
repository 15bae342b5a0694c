import { offsetNames } from "@millrace/protocol";
import { answered } from "../../brokers/operations/target.ts";
import { holds } from "../../violation.ts";
import type { Target } from "../model/replicas-model.ts";
import type { ReplicaClient } from "../replica-client.ts";
import { drawTarget } from "./target.ts";

/** Moves a log start up to some place that is known. */
export async function deleteRecords(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  const leader = target && (await client.leaderOf(target.partition));
  if (target === undefined || leader === undefined) return;
  const { topic, partition } = target;
  const offset = client.chance.below(partition.committedEnd + 1);
  client.stage.model.mayDelete(target, offset);
  const partitions = [{ partitionIndex: partition.index, offset }];
  const { topics } = await client.ask(leader.node, "DeleteRecords", 2, { topics: [{ name: topic.name, partitions }], timeoutMs: 3_000 });
  const code = answered(topics[0]!.partitions[0]!.errorCode, "delete records");
  client.note("delete records", code, offset);
  if (code !== "NONE") client.forgetLeader(partition);
}

/** Asks where a partition begins: not behind what may have been deleted. Comes back with it; undefined where nothing was answered. */
export async function logStartOf(client: ReplicaClient, target: Target): Promise<number | undefined> {
  const told = await offsetOf(client, target, "earliest");
  if (told === undefined) return undefined;
  const { deletableTo, cleanup, name } = target.partition;
  const isExplained = told.offset <= deletableTo || cleanup.mayRetire || target.topic.isDoomed;
  holds(isExplained, "P14", { partition: name, logStart: told.offset, deletableTo });
  return told.offset;
}

/** Asks where what is committed ends: not before where any leader until now has said. */
async function askEnd(client: ReplicaClient, target: Target): Promise<void> {
  const { partition, topic } = target;
  const leader = await client.leaderOf(partition);
  const least = leader && partition.toldBy(leader.leaderEpoch);
  const told = await offsetOf(client, target, "latest");
  if (least !== undefined && told?.leaderEpoch === leader!.leaderEpoch && !topic.isDoomed)
    partition.tell(told.leaderEpoch, told.offset, least);
}

/** Asks where one of the partitions begins, or ends. */
export async function listOffsets(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  if (target !== undefined) await (client.chance.hits(500_000) ? logStartOf(client, target) : askEnd(client, target));
}

async function offsetOf(
  client: ReplicaClient,
  { topic, partition }: Target,
  which: "earliest" | "latest",
): Promise<{ readonly offset: number; readonly leaderEpoch: number } | undefined> {
  const leader = await client.leaderOf(partition);
  if (leader === undefined) return undefined;
  const { leaderEpoch } = leader;
  const partitions = [{ partitionIndex: partition.index, currentLeaderEpoch: leaderEpoch, timestamp: offsetNames[which] }];
  const { topics } = await client.ask(leader.node, "ListOffsets", 6, { replicaId: -1, topics: [{ name: topic.name, partitions }] });
  const { errorCode, offset } = topics[0]!.partitions[0]!;
  const code = answered(errorCode, `list offsets ${which}`);
  client.note(`list offsets ${which}`, code, offset);
  if (code === "NONE") return { offset, leaderEpoch };
  client.forgetLeader(partition);
  return undefined;
}
