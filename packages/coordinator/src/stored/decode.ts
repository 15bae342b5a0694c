import { readStored, type Stored } from "@millrace/protocol";
import { MillraceError, Offset, TopicId, zeroUuid } from "@millrace/vocabulary";
import type { GroupRecord, StoredGroup, StoredMember, StoredOffset } from "./group-record.ts";

type GroupValue = NonNullable<Extract<Stored, { type: "GroupMetadata" }>["value"]>;
type MemberValue = GroupValue["members"][number];
type OffsetValue = NonNullable<Extract<Stored, { type: "OffsetCommit" }>["value"]>;

/**
 * What a record of __consumer_offsets says. Nothing of it holds the memory of the batch it came in. Throws
 * UNSUPPORTED_VERSION for a kind of record that is not known, DATA_DAMAGED, LEVEL_UNKNOWN.
 */
export function decodeGroupRecord(key: Buffer, value: Buffer | null): GroupRecord {
  const record = readStored(key, value);
  switch (record.type) {
    case "GroupMetadata":
      return { type: "group", groupId: record.key.group, value: record.value === null ? undefined : groupOf(record.value) };
    case "OffsetCommit": {
      const { group: groupId, topic, partition } = record.key;
      return { type: "offset", groupId, topic, partition, value: record.value === null ? undefined : offsetOf(record.value) };
    }
    case "unknown":
      throw new MillraceError("UNSUPPORTED_VERSION", { recordType: record.number });
  }
}

function groupOf({ protocolType, generation, protocol, leader, currentStateTimestamp, members }: GroupValue): StoredGroup {
  return {
    protocolType,
    generationId: generation,
    protocolName: protocol ?? undefined,
    leaderId: leader ?? undefined,
    stateSinceMs: currentStateTimestamp < 0 ? undefined : currentStateTimestamp,
    members: members.map(memberOf),
  };
}

/** Before its version 1 a record had no rebalance time-out: the session time-out held for both. */
function memberOf({ rebalanceTimeout, sessionTimeout, groupInstanceId, subscription, assignment, ...member }: MemberValue): StoredMember {
  return {
    ...member,
    groupInstanceId: groupInstanceId ?? undefined,
    rebalanceTimeoutMs: rebalanceTimeout < 0 ? sessionTimeout : rebalanceTimeout,
    sessionTimeoutMs: sessionTimeout,
    subscription: Buffer.from(subscription),
    assignment: Buffer.from(assignment),
  };
}

function offsetOf({ offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId }: OffsetValue): StoredOffset {
  return {
    offset: Offset(offset),
    leaderEpoch,
    metadata,
    committedMs: commitTimestamp,
    expiresMs: expireTimestamp < 0 ? undefined : expireTimestamp,
    topicId: topicId === zeroUuid ? undefined : TopicId(topicId),
  };
}
