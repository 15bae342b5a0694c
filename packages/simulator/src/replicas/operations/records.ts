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
export async function logStartOf(client: ReplicaClient, { topic, partition }: Target): Promise<number | undefined> {
  const leader = await client.leaderOf(partition);
  if (leader === undefined) return undefined;
  const partitions = [{ partitionIndex: partition.index, currentLeaderEpoch: leader.leaderEpoch, timestamp: offsetNames.earliest }];
  const { topics } = await client.ask(leader.node, "ListOffsets", 6, { replicaId: -1, topics: [{ name: topic.name, partitions }] });
  const { errorCode, offset } = topics[0]!.partitions[0]!;
  const code = answered(errorCode, "log start");
  client.note("log start", code, offset);
  if (code !== "NONE") {
    client.forgetLeader(partition);
    return undefined;
  }
  const { deletableTo, cleanup } = partition;
  const isExplained = offset <= deletableTo || cleanup.mayRetire || topic.isDoomed;
  holds(isExplained, "P14", { partition: partition.name, logStart: offset, deletableTo });
  return offset;
}

/** Asks where one of the partitions begins. */
export async function listOffsets(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  if (target !== undefined) await logStartOf(client, target);
}
