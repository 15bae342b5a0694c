import type { Partition } from "@millrace/replication";
import { type LeaderEpoch, type Offset, unknownLeaderEpoch } from "@millrace/vocabulary";

/**
 * The largest epoch in the log that is not above `epoch`, and where it ended (KIP-101). Undefined where that is not known: for no epoch,
 * for one that is still to come, and for one before the log.
 */
export function endOffsetForEpoch(partition: Partition, epoch: LeaderEpoch): { epoch: LeaderEpoch; endOffset: Offset } | undefined {
  return epoch === unknownLeaderEpoch || epoch > partition.leaderEpoch ? undefined : partition.log.endOffsetForEpoch(epoch);
}
