import { MillraceError, Offset } from "@millrace/vocabulary";
import type { CommittedOffset, FetchOffsets, TopicPartitionName } from "../contract.ts";
import type { ShardState, GroupStep } from "../groups/shard-state.ts";
import type { Ticket } from "../shard/machine.ts";
import type { StoredOffset } from "../stored/group-record.ts";

/** What a group has committed; of a group that does not exist, as of a partition that nobody committed, nothing. */
export function fetchOffsets(step: GroupStep, request: FetchOffsets, ticket: Ticket<CommittedOffset[]>): void {
  const { groupId, requireStable } = request;
  const partitions = request.partitions ?? partitionsOf(step.state, groupId);
  step.answer(
    ticket,
    partitions.map((partition) => committedOffset(step.state, groupId, partition, requireStable)),
  );
}

function partitionsOf({ offsets, environment }: ShardState, groupId: string): TopicPartitionName[] {
  const all = Array.from(offsets.of(groupId));
  return all.filter(({ topic, stored }) => !isOfFormerTopic(stored, environment.surroundings.topicId(topic)));
}

function committedOffset(
  { offsets, environment }: ShardState,
  groupId: string,
  { topic, partition }: TopicPartitionName,
  requireStable: boolean,
): CommittedOffset {
  if (requireStable && offsets.isUnstable(groupId, topic, partition))
    return { ...nothing(topic, partition), error: new MillraceError("UNSTABLE_OFFSET_COMMIT", { groupId, topic, partition }) };
  const stored = offsets.get(groupId, topic, partition);
  if (stored === undefined || isOfFormerTopic(stored, environment.surroundings.topicId(topic))) return nothing(topic, partition);
  return { topic, partition, offset: stored.offset, leaderEpoch: stored.leaderEpoch, metadata: stored.metadata, error: undefined };
}

function nothing(topic: string, partition: number): CommittedOffset {
  return { topic, partition, offset: Offset(-1), leaderEpoch: -1, metadata: "", error: undefined };
}

/** Whether the topic was deleted since and created again: its offsets mean other records. */
function isOfFormerTopic({ topicId }: StoredOffset, present: string | undefined): boolean {
  return topicId !== undefined && present !== undefined && topicId !== present;
}
