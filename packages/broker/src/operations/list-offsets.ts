import type { Isolation, Partition } from "@millrace/replication";
import type { TimestampedOffset } from "@millrace/storage";
import { type LeaderEpoch, MillraceError, Offset, unknownLeaderEpoch } from "@millrace/vocabulary";

/** A place in a log that has a name. `tiered`: the end of what lies in tiered storage, of which there is none. */
export type OffsetSpot = "latest" | "earliest" | "max-timestamp" | "tiered";

/** -1 where there is no such record. */
export interface FoundOffset {
  readonly offset: Offset;
  /** -1: the place is no record. */
  readonly timestamp: number;
  readonly leaderEpoch: LeaderEpoch;
}

const nothing: FoundOffset = { offset: Offset(-1), timestamp: -1, leaderEpoch: unknownLeaderEpoch };

/**
 * Finds an offset by name, or the first record at or after a time.
 *
 * - `isolation` says where the log ends for the reader; `seesAll`: at its very end, committed or not.
 * - OFFSET_NOT_AVAILABLE while a new leader does not know how far its log is committed (KIP-207).
 */
export async function listOffset(
  partition: Partition,
  wanted: OffsetSpot | { timestampMs: number },
  { isolation, seesAll }: { isolation: Isolation; seesAll: boolean },
): Promise<FoundOffset> {
  const { log } = partition;
  const end = seesAll ? log.logEnd : partition.readableEnd(isolation);
  if (typeof wanted === "object") return found(await log.offsetForTimestamp(wanted.timestampMs, end));
  switch (wanted) {
    case "latest":
      if (!partition.isHighWatermarkKnown) throw new MillraceError("OFFSET_NOT_AVAILABLE", { partition: partition.name });
      return { offset: end, timestamp: -1, leaderEpoch: partition.leaderEpoch };
    case "earliest":
      return { offset: log.logStart, timestamp: -1, leaderEpoch: log.epochOfOffset(log.logStart) ?? unknownLeaderEpoch };
    case "max-timestamp":
      return found(await log.offsetOfMaxTimestamp(end));
    case "tiered":
      return nothing;
  }
}

function found(record: TimestampedOffset | undefined): FoundOffset {
  if (record === undefined) return nothing;
  return { offset: record.offset, timestamp: record.timestampMs, leaderEpoch: record.leaderEpoch ?? unknownLeaderEpoch };
}
