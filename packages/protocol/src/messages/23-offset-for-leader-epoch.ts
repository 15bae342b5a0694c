import { array, brokerId, errorCode, int32, leaderEpoch, offset, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks where a leader epoch ended, so that a follower can cut off a tail that diverged (KIP-101). */
export const OffsetForLeaderEpochRequest = request("OffsetForLeaderEpoch", { key: 23, versions: "2-4", flexible: "4+" }).fields({
  /** -1: a consumer; -2: a debugging client. */
  replicaId: brokerId({ versions: "3+", absent: -2, ignorable: true }),
  topics: array({
    topic: string(),
    partitions: array({
      partition: int32(),
      /** What the client believes; another than the broker's is refused. -1: not checked. */
      currentLeaderEpoch: leaderEpoch({ versions: "2+", absent: -1 }),
      leaderEpoch: leaderEpoch(),
    }),
  }),
});

export const OffsetForLeaderEpochResponse = response("OffsetForLeaderEpoch", { key: 23, versions: "2-4", flexible: "4+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  topics: array({
    topic: string(),
    partitions: array({
      errorCode: errorCode(),
      partition: int32(),
      /** The greatest epoch that is not above the one asked for, and its end. Both -1: none is known. */
      leaderEpoch: leaderEpoch({ absent: -1 }),
      endOffset: offset({ absent: -1 }),
    }),
  }),
});
