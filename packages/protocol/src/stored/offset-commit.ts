import { int32, int64, leaderEpoch, offset, string, topicId } from "../declaration/fields.ts";
import { stored } from "../declaration/message.ts";

/** Key of an offset that a group committed, in `__consumer_offsets`. */
export const OffsetCommitKey = stored("OffsetCommitKey", { key: 1, versions: "0", flexible: "none" }).fields({
  group: string(),
  topic: string(),
  partition: int32(),
});

/** Its value; null there: the offset is gone. */
export const OffsetCommitValue = stored("OffsetCommitValue", { key: 1, versions: "0-4", flexible: "4+" }).fields({
  offset: offset(),
  leaderEpoch: leaderEpoch({ versions: "3+", absent: -1, ignorable: true }),
  metadata: string(),
  commitTimestamp: int64(),
  /** Only clients that give a retention of their own have one (OffsetCommit 2 to 4). -1: none. */
  expireTimestamp: int64({ versions: "1", absent: -1, ignorable: true }),
  topicId: topicId({ versions: "4+", tag: 0, ignorable: true }),
});
