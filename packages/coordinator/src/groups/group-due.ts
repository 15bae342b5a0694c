/** What waits for its time in a shard of groups. */
export type GroupDue =
  /** A member, or one that is only announced, has not been heard of. */
  | { readonly type: "session"; readonly groupId: string; readonly memberId: string }
  /** Members have had their time to join. */
  | { readonly type: "join"; readonly groupId: string }
  /** Members have had their time to fetch their assignment. */
  | { readonly type: "sync"; readonly groupId: string }
  /** Offsets that nobody uses are looked for. */
  | { readonly type: "expiry" };
