import { answered } from "../../brokers/operations/target.ts";
import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import type { ReplicaClient } from "../replica-client.ts";
import { drawTarget } from "./target.ts";

const groups = ["group-0", "group-1"];
/** Committed offsets that no group has are -1. */
const none = -1;

/** Who coordinates a group; undefined where nobody does that anybody knows of. */
async function coordinatorOf(client: ReplicaClient, group: string): Promise<BrokerNode | undefined> {
  const { coordinators } = await client.ask(client.anyNode(), "FindCoordinator", 4, { keyType: 0, coordinatorKeys: [group] });
  const { errorCode, nodeId } = coordinators[0]!;
  const code = answered(errorCode, "find coordinator");
  client.note("find coordinator", code);
  return code === "NONE" ? client.stage.cluster.node(nodeId) : undefined;
}

/** Commits a number that nobody has committed before, for a group without members. */
export async function commitOffset(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  const group = client.chance.pick(groups);
  const coordinator = target && (await coordinatorOf(client, group));
  if (target === undefined || coordinator === undefined) return;
  const { topic, partition } = target;
  const committedOffset = Number(client.stage.model.nextValue());
  const written = client.stage.model.committed(group, partition).write(String(committedOffset));
  const partitions = [{ partitionIndex: partition.index, committedOffset, committedMetadata: null }];
  const request = { groupId: group, memberId: "", topics: [{ topicId: topic.id, partitions }] };
  const { topics } = await client.ask(coordinator, "OffsetCommit", 10, request);
  const code = answered(topics[0]!.partitions[0]!.errorCode, "commit offset");
  client.note("commit offset", code);
  if (code === "NONE" && !topic.isDoomed) written();
}

/** Asks what a group has committed. */
export async function fetchCommit(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  const group = client.chance.pick(groups);
  const coordinator = target && (await coordinatorOf(client, group));
  if (target === undefined || coordinator === undefined) return;
  const { topic, partition } = target;
  const read = client.stage.model.committed(group, partition).read();
  const asked = { groupId: group, topics: [{ topicId: topic.id, partitionIndexes: [partition.index] }] };
  const answer = await client.ask(coordinator, "OffsetFetch", 10, { groups: [asked], requireStable: true });
  const found = answer.groups[0]!;
  const code = answered(found.errorCode || (found.topics[0]?.partitions[0]?.errorCode ?? 0), "fetch commit");
  client.note("fetch commit", code);
  const offset = found.topics[0]?.partitions[0]?.committedOffset;
  if (code === "NONE" && offset !== undefined && !topic.isDoomed) read(offset === none ? undefined : String(offset));
}
