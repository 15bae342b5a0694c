import type { Client } from "../clients/client.ts";
import { answered, drawTarget } from "./target.ts";

const groups = ["group-0", "group-1", "group-2"];
/** Committed offsets that no group has are -1. */
const none = -1;

/** Finds the coordinator first, as clients do: that makes the topic of committed offsets where there is none. */
async function hasCoordinator(client: Client, group: string): Promise<boolean> {
  const { coordinators } = await client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: [group] });
  const code = answered(coordinators[0]!.errorCode, "find coordinator");
  client.note("find coordinator", code);
  return code === "NONE";
}

/** Commits a number that nobody has committed before, for a group without members. */
export async function commitOffset(client: Client): Promise<void> {
  const target = drawTarget(client);
  const group = client.chance.pick(groups);
  if (target === undefined || !(await hasCoordinator(client, group))) return;
  const { topic, partition } = target;
  const committedOffset = client.stage.model.nextNumber();
  const written = client.stage.model.committed(group, partition).write(String(committedOffset));
  const partitions = [{ partitionIndex: partition.index, committedOffset, committedMetadata: null }];
  const request = { groupId: group, memberId: "", topics: [{ topicId: topic.id, partitions }] };
  const { topics } = await client.ask("OffsetCommit", 10, request);
  const code = answered(topics[0]!.partitions[0]!.errorCode, "commit offset");
  client.note("commit offset", code);
  if (code === "NONE" && !topic.isDoomed) written();
}

export async function fetchCommit(client: Client): Promise<void> {
  const target = drawTarget(client);
  const group = client.chance.pick(groups);
  if (target === undefined || !(await hasCoordinator(client, group))) return;
  const { topic, partition } = target;
  const read = client.stage.model.committed(group, partition).read();
  const asked = { groupId: group, topics: [{ topicId: topic.id, partitionIndexes: [partition.index] }] };
  const answer = await client.ask("OffsetFetch", 10, { groups: [asked], requireStable: true });
  const found = answer.groups[0]!;
  const code = answered(found.errorCode || (found.topics[0]?.partitions[0]?.errorCode ?? 0), "fetch commit");
  client.note("fetch commit", code);
  const offset = found.topics[0]?.partitions[0]?.committedOffset;
  if (code === "NONE" && offset !== undefined && !topic.isDoomed) read(offset === none ? undefined : String(offset));
}
