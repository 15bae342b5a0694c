import { type BrokerId, Offset } from "@millrace/vocabulary";

/** How far each replica of a partition is known to be, as its leader counts. */
export interface ReplicaProgress {
  /** The leader's own counted end: written, or in a synced topic synced. */
  readonly ownEnd: Offset;
  /** Counted ends of the followers, as they acknowledged them in this leader epoch. */
  readonly followerEnds: ReadonlyMap<BrokerId, Offset>;
}

/** What the high watermark is decided by, beside progress. */
export interface InSync {
  readonly self: BrokerId;
  /** The ISR that the controller has committed. */
  readonly committed: readonly BrokerId[];
  /** Members that were proposed and are not committed yet: they count as well, since they may already be (KIP-966). */
  readonly proposed: readonly BrokerId[];
  /** min(min.insync.replicas, replication factor): below it nothing more becomes committed. */
  readonly minimum: number;
}

/**
 * How far a partition is safe: every record below is on each member of the maximal ISR (committed and proposed). It stays where
 * it is while the committed ISR is smaller than the minimum, and never goes back within a leader epoch.
 */
export function nextHighWatermark(current: Offset, progress: ReplicaProgress, inSync: InSync): Offset {
  if (inSync.committed.length < inSync.minimum) return current;
  let safe: number = progress.ownEnd;
  for (const member of [...inSync.committed, ...inSync.proposed]) {
    if (member === inSync.self) continue;
    const end = progress.followerEnds.get(member);
    if (end === undefined) return current;
    safe = Math.min(safe, end);
  }
  return safe > current ? Offset(safe) : current;
}
