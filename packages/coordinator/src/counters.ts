/** What has happened in the shards of one coordinator since it started, for /metrics. Each only rises. */
export interface GroupCounters {
  /** Rebalances that began. */
  rebalances: number;
  /** Rebalances that ended with an assignment. */
  completedRebalances: number;
  /** Members that were removed because nothing was heard of them. */
  expiredMembers: number;
  /** Offsets that were committed, by partition. */
  committedOffsets: number;
  /** Offsets that were removed because nobody used them. */
  expiredOffsets: number;
  /** Offsets that were removed on request, or with their topic or group. */
  deletedOffsets: number;
  /** Shards that have been read, what they held, and how long that took. */
  loads: number;
  loadedRecords: number;
  loadMs: number;
}

export function newGroupCounters(): GroupCounters {
  return {
    rebalances: 0,
    completedRebalances: 0,
    expiredMembers: 0,
    committedOffsets: 0,
    expiredOffsets: 0,
    deletedOffsets: 0,
    loads: 0,
    loadedRecords: 0,
    loadMs: 0,
  };
}
