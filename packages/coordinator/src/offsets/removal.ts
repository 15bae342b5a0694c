import { MillraceError } from "@millrace/vocabulary";
import type { TopicPartitionName } from "../contract.ts";
import type { GroupStep } from "../groups/shard-state.ts";
import type { Ticket } from "../shard/machine.ts";
import { groupEntry, offsetEntry } from "../stored/entries.ts";

/** Tombstones decided in one turn: about 5 ms of encoding. */
export const tombstonesPerTurn = 1_000;

/**
 * Removes offsets of a group; answers an error or none for each partition: GROUP_SUBSCRIBED_TO_TOPIC while members
 * consume the topic. Refuses with GROUP_ID_NOT_FOUND, and with NON_EMPTY_GROUP where it cannot be told what members consume.
 */
export function deleteOffsets(
  step: GroupStep,
  groupId: string,
  partitions: readonly TopicPartitionName[],
  ticket: Ticket<(MillraceError | undefined)[]>,
): void {
  const { groups, offsets, environment } = step.state;
  const group = groups.get(groupId);
  step.onlyWrites = true;
  if (group === undefined) throw new MillraceError("GROUP_ID_NOT_FOUND", { groupId });
  if (group.state !== "Empty" && !group.isConsumerGroup) throw new MillraceError("NON_EMPTY_GROUP", { groupId, state: group.state });
  const faults = partitions.map(({ topic }) =>
    group.isSubscribedTo(topic) ? new MillraceError("GROUP_SUBSCRIBED_TO_TOPIC", { groupId, topic }) : undefined,
  );
  for (const [index, { topic, partition }] of partitions.entries()) {
    const isKnown = offsets.get(groupId, topic, partition) !== undefined || offsets.isUnstable(groupId, topic, partition);
    if (faults[index] === undefined && isKnown) step.write(offsetEntry(groupId, topic, partition, undefined));
  }
  environment.counters.deletedOffsets += step.entries.length;
  step.answer(ticket, faults);
}

/** Removes a group with all its offsets, these first, over several turns where they are many. Refuses with GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP. */
export function deleteGroup(step: GroupStep, groupId: string, ticket: Ticket<void>): void {
  const { groups, offsets, environment } = step.state;
  const group = groups.get(groupId);
  step.onlyWrites = true;
  if (group === undefined) throw new MillraceError("GROUP_ID_NOT_FOUND", { groupId });
  if (group.state !== "Empty") throw new MillraceError("NON_EMPTY_GROUP", { groupId, state: group.state });
  for (const { topic, partition } of offsets.partitionsOf(groupId)) {
    if (isFull(step)) break;
    step.write(offsetEntry(groupId, topic, partition, undefined));
  }
  environment.counters.deletedOffsets += step.entries.length;
  if (step.isUnfinished) return;
  step.write(groupEntry(groupId, undefined));
  step.answer(ticket, undefined);
}

/** Removes the offsets of topics that are gone, but not those of a topic that has their name by now. */
export function removeTopics(step: GroupStep, names: readonly string[], ticket: Ticket<void>): void {
  const { offsets, environment } = step.state;
  step.onlyWrites = true;
  for (const groupId of offsets.groupIds()) {
    for (const { topic, partition } of partitionsOfTopics(step, groupId, names)) {
      if (isFull(step)) break;
      step.write(offsetEntry(groupId, topic, partition, undefined));
    }
  }
  environment.counters.deletedOffsets += step.entries.length;
  if (!step.isUnfinished) step.answer(ticket, undefined);
}

function* partitionsOfTopics({ state }: GroupStep, groupId: string, names: readonly string[]): Generator<TopicPartitionName> {
  const { offsets, environment } = state;
  for (const topic of names) {
    const present = environment.surroundings.topicId(topic);
    for (const partition of offsets.partitionsOfTopic(groupId, topic)) {
      const topicId = offsets.get(groupId, topic, partition)?.topicId;
      if (topicId === undefined || topicId !== present) yield { topic, partition };
    }
  }
}

/** Whether one more tombstone is too much for this turn. */
function isFull(step: GroupStep): boolean {
  step.isUnfinished = step.entries.length >= tombstonesPerTurn;
  return step.isUnfinished;
}
