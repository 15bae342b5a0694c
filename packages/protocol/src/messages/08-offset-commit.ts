import { array, errorCode, int32, int64, leaderEpoch, offset, string, throttleTimeMs, topicId } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/**
 * Stores how far a group has read. Version 5 leaves the retention to the broker, 6 brings leader epochs, 7 static members, 9 members by
 * KIP-848 and GROUP_ID_NOT_FOUND; 10 names topics by id.
 */
export const OffsetCommitRequest = request("OffsetCommit", { key: 8, versions: "2-10", flexible: "8+" }).fields({
  groupId: string(),
  /** -1: a client that is no member. */
  generationIdOrMemberEpoch: int32({ absent: -1 }),
  memberId: string(),
  groupInstanceId: string({ versions: "7+", nullable: "7+", absent: null }),
  /** -1: the broker's. */
  retentionTimeMs: int64({ versions: "2-4", absent: -1, ignorable: true }),
  topics: array({
    name: string({ versions: "0-9", ignorable: true }),
    topicId: topicId({ versions: "10+", ignorable: true }),
    partitions: array({
      partitionIndex: int32(),
      /** Of the next record to read. */
      committedOffset: offset(),
      /** Of the last record that was read. */
      committedLeaderEpoch: leaderEpoch({ versions: "6+", absent: -1, ignorable: true }),
      /** A text of the client's own. */
      committedMetadata: string({ nullable: "0+" }),
    }),
  }),
});

export const OffsetCommitResponse = response("OffsetCommit", { key: 8, versions: "2-10", flexible: "8+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "3+" }),
  topics: array({
    name: string({ versions: "0-9", ignorable: true }),
    topicId: topicId({ versions: "10+", ignorable: true }),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
    }),
  }),
});
