import { array, brokerId, errorCode, int32, int64, int8, leaderEpoch, offset, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks for offsets by time, or by one of the names that `offsetNames` holds. */
export const ListOffsetsRequest = request("ListOffsets", { key: 2, versions: "1-11", flexible: "6+" }).fields({
  /** -1: a consumer; -2: a debugging client, which sees past the high watermark. */
  replicaId: brokerId(),
  /** 0: read uncommitted; 1: read committed. */
  isolationLevel: int8({ versions: "2+", absent: 0 }),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      currentLeaderEpoch: leaderEpoch({ versions: "4+", absent: -1, ignorable: true }),
      /** Milliseconds since 1970: the first record at or after them; or one of `offsetNames`. */
      timestamp: int64(),
    }),
  }),
  /** How long to wait for tiered storage. */
  timeoutMs: int32({ versions: "10+", absent: 0, ignorable: true }),
});

/** Timestamps below zero, which name an offset instead; each is allowed from the version that the comment names on. */
export const offsetNames = {
  /** The high watermark, or the last stable offset for readers of committed records. */
  latest: -1,
  /** The log start. */
  earliest: -2,
  /** Of the record with the greatest timestamp. Version 7. */
  maxTimestamp: -3,
  /** The start of what lies on the broker's own disk. Version 8. */
  earliestLocal: -4,
  /** The end of what lies in tiered storage. Version 9. */
  latestTiered: -5,
  /** The start of what is still to be moved to tiered storage. Version 11. */
  earliestPendingUpload: -6,
} as const;

/** Offset and timestamp are -1 where there is no such record. */
export const ListOffsetsResponse = response("ListOffsets", { key: 2, versions: "1-11", flexible: "6+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "2+" }),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
      timestamp: int64({ absent: -1 }),
      offset: offset({ absent: -1 }),
      leaderEpoch: leaderEpoch({ versions: "4+", absent: -1 }),
    }),
  }),
});
