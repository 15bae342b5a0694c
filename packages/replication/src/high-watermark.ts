import { type BrokerId, Offset } from "@millrace/vocabulary";

/** How far each replica of a partition is known to be, as its leader counts: what is written, or in a synced topic synced. */
export interface ReplicaProgress {
  readonly ownEnd: Offset;
  /** As the follower acknowledged it in this leader epoch; undefined: nothing is known. */
  endOf(follower: BrokerId): Offset | undefined;
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
  /** Whether the controller may elect somebody outside the ISR: it counts on nothing more becoming committed, whatever the minimum is here. */
  readonly hasEligible: boolean;
}

/**
 * How far a partition is safe: every record below is on each member of the maximal ISR (committed and proposed). It stays where
 * it is while the committed ISR is smaller than the minimum, and while there are eligible leaders, and never goes back within a leader epoch.
 */
export function nextHighWatermark(current: Offset, progress: ReplicaProgress, inSync: InSync): Offset {
  if (inSync.committed.length < inSync.minimum || inSync.hasEligible) return current;
  const { ownEnd } = progress;
  if (ownEnd <= current) return current;
  const safe = smallestEnd(smallestEnd(ownEnd, progress, inSync, inSync.committed), progress, inSync, inSync.proposed);
  return safe > current ? Offset(safe) : current;
}

/** The smallest end of these members and `end`; -1 where one of them has said nothing. */
function smallestEnd(end: number, progress: ReplicaProgress, { self }: InSync, members: readonly BrokerId[]): number {
  let smallest = end;
  for (const member of members) if (member !== self) smallest = Math.min(smallest, progress.endOf(member) ?? -1);
  return smallest;
}
