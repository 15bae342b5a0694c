import type { Partition } from "@millrace/replication";
import { MillraceError, type Offset } from "@millrace/vocabulary";

/**
 * Throws where the log does not hold the offset. What a follower lacks its leader may have, and what a leader lacks that its cluster has
 * not heard of for too long, another one: a reader that was told that it is out of range would begin somewhere else.
 */
export function checkOffset(controller: { readonly mayLead: boolean }, partition: Partition, offset: Offset): void {
  const { logStart, logEnd } = partition.log;
  if (offset >= logStart && offset <= logEnd) return;
  const facts = { partition: partition.name, offset, logStart, logEnd };
  if (offset > logEnd && !partition.isLeader) throw new MillraceError("OFFSET_NOT_AVAILABLE", facts);
  if (offset > logEnd && !controller.mayLead) throw new MillraceError("NOT_LEADER_OR_FOLLOWER", facts);
  throw new MillraceError("OFFSET_OUT_OF_RANGE", facts);
}
