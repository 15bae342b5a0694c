import { type LeaderEpoch, Offset, unknownLeaderEpoch } from "@millrace/vocabulary";

/** Where a follower's log stands: its end, and the epoch of its last record (-1: it has none). */
export interface Standing {
  readonly end: Offset;
  readonly lastEpoch: LeaderEpoch;
}

/** What the leader's log says of a follower's. */
export type Comparison =
  /** The follower's log is the beginning of the leader's: it may be continued. */
  | { readonly type: "continues" }
  /** The follower's log ends before the leader's begins: nothing of it is of use. */
  | { readonly type: "behind"; readonly logStart: Offset }
  /**
   * The logs part. In the leader's the epoch ends at `endOffset`, and the follower's last one, if another, has no records; so what the
   * follower has of later epochs, or past that end, goes (KIP-101, KIP-279).
   */
  | { readonly type: "diverging"; readonly epoch: LeaderEpoch; readonly endOffset: Offset };

/** The leader's log, as far as it is compared. */
export interface ComparedLog {
  readonly logStart: Offset;
  readonly logEnd: Offset;
  endOffsetForEpoch(epoch: LeaderEpoch): { epoch: LeaderEpoch; endOffset: Offset } | undefined;
}

/** Holds a follower's log against the leader's, by where its last epoch ends. */
export function compareLogs(leader: ComparedLog, { end, lastEpoch }: Standing): Comparison {
  if (end < leader.logStart) return { type: "behind", logStart: leader.logStart };
  const known = lastEpoch === unknownLeaderEpoch ? undefined : leader.endOffsetForEpoch(lastEpoch);
  if (known === undefined) {
    return end <= leader.logEnd ? { type: "continues" } : { type: "diverging", epoch: unknownLeaderEpoch, endOffset: leader.logEnd };
  }
  // An epoch that begins with what is being written right now ends before it.
  const endOffset = Offset(Math.min(known.endOffset, leader.logEnd));
  return known.epoch < lastEpoch || endOffset < end ? { type: "diverging", epoch: known.epoch, endOffset } : { type: "continues" };
}

/** The follower's log, as far as it is cut. */
export interface CutLog {
  readonly logEnd: Offset;
  endOffsetForEpoch(epoch: LeaderEpoch): { epoch: LeaderEpoch; endOffset: Offset } | undefined;
}

/** Where a follower cuts its log, told that the leader's `epoch` ends at `endOffset`: below its own end, or the leader is wrong. */
export function cutPoint(follower: CutLog, { epoch, endOffset }: { epoch: LeaderEpoch; endOffset: Offset }): Offset {
  const own = epoch === unknownLeaderEpoch ? undefined : follower.endOffsetForEpoch(epoch);
  return own === undefined ? endOffset : Offset(Math.min(own.endOffset, endOffset));
}
