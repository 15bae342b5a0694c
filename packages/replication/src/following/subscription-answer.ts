import type { ErrorCode, LeaderEpoch, Offset } from "@millrace/vocabulary";

/** What a leader says of a subscription, first of all or later; after all but `accepted` the subscription is over. */
export type SubscriptionAnswer =
  | ({ readonly type: "accepted" } & LeaderMarks)
  | { readonly type: "diverging"; readonly epoch: LeaderEpoch; readonly endOffset: Offset }
  | { readonly type: "behind"; readonly logStart: Offset }
  | { readonly type: "refused"; readonly code: ErrorCode };

/** How far the leader says that the partition is committed, and where it begins. */
export interface LeaderMarks {
  readonly highWatermark: Offset;
  readonly logStart: Offset;
  /** Somebody waits until everything below is synced on every replica in sync. 0: nobody does. */
  readonly syncTo: Offset;
}
