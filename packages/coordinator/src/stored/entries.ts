import { encodeGroupMetadata, encodeOffsetCommit } from "@millrace/protocol";
import { LeaderEpoch, zeroUuid } from "@millrace/vocabulary";
import type { Entry } from "../shard/machine.ts";
import type { GroupRecord, StoredGroup, StoredOffset } from "./group-record.ts";

/** An entry that says how a group stands; undefined: that it is gone. */
export function groupEntry(groupId: string, value: StoredGroup | undefined): Entry<GroupRecord> {
  const stored = { type: "group", groupId, value } as const;
  return { stored, ...encodeGroupMetadata({ group: groupId }, value === undefined ? null : groupValue(value)) };
}

/** An entry that says what a group has consumed of a partition; undefined: nothing that is still known. */
export function offsetEntry(groupId: string, topic: string, partition: number, value: StoredOffset | undefined): Entry<GroupRecord> {
  const stored = { type: "offset", groupId, topic, partition, value } as const;
  return { stored, ...encodeOffsetCommit({ group: groupId, topic, partition }, value === undefined ? null : offsetValue(value)) };
}

function groupValue({ generationId, protocolName, leaderId, stateSinceMs, members, protocolType }: StoredGroup) {
  return {
    protocolType,
    generation: generationId,
    protocol: protocolName ?? null,
    leader: leaderId ?? null,
    currentStateTimestamp: stateSinceMs ?? -1,
    members: members.map(({ rebalanceTimeoutMs, sessionTimeoutMs, groupInstanceId, ...member }) => ({
      ...member,
      groupInstanceId: groupInstanceId ?? null,
      rebalanceTimeout: rebalanceTimeoutMs,
      sessionTimeout: sessionTimeoutMs,
    })),
  };
}

function offsetValue({ offset, leaderEpoch, metadata, committedMs, expiresMs, topicId }: StoredOffset) {
  return {
    offset,
    leaderEpoch: LeaderEpoch(leaderEpoch),
    metadata,
    commitTimestamp: committedMs,
    expireTimestamp: expiresMs ?? -1,
    topicId: topicId ?? zeroUuid,
  };
}
