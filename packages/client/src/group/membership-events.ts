import type { JoinedMember, JoinResponse } from "@millrace/contracts/groups";
import type { MillraceError } from "@millrace/vocabulary";

/** What happens to a member. `ticket` is that of the effect that it answers: answers to what is past are dropped. */
export type MembershipEvent =
  | { readonly type: "begun" }
  | { readonly type: "found"; readonly ticket: number }
  | { readonly type: "joined"; readonly ticket: number; readonly response: JoinResponse }
  | { readonly type: "computed"; readonly ticket: number; readonly assignments: ReadonlyMap<string, Buffer> }
  | { readonly type: "synced"; readonly ticket: number; readonly assignment: Buffer }
  | { readonly type: "beaten"; readonly ticket: number }
  | { readonly type: "failed"; readonly ticket: number; readonly error: MillraceError }
  /** The partitions have been given back: what was done is committed, as far as that was possible. */
  | { readonly type: "released" }
  /** The time that the last `wake` asked for has come. */
  | { readonly type: "woken" }
  /** The subscription, or the partitions of its topics, have changed. */
  | { readonly type: "outdated" }
  | { readonly type: "left" };

/** What is to be done about it. */
export type MembershipEffect =
  | { readonly type: "find"; readonly ticket: number }
  | { readonly type: "join"; readonly ticket: number; readonly memberId: string }
  /** Compute the group's assignment, as its leader. */
  | { readonly type: "compute"; readonly ticket: number; readonly members: readonly JoinedMember[] }
  | { readonly type: "sync"; readonly ticket: number; readonly assignments: ReadonlyMap<string, Buffer> }
  | { readonly type: "beat"; readonly ticket: number }
  | { readonly type: "leave"; readonly memberId: string }
  | { readonly type: "assigned"; readonly assignment: Buffer }
  /** Give the partitions back, then say `released`. With an error they are lost already: others may have them. */
  | { readonly type: "release"; readonly error: MillraceError | undefined }
  /** Call `woken` after this time; replaces the wake before. */
  | { readonly type: "wake"; readonly afterMs: number }
  /** The member cannot be in the group. */
  | { readonly type: "stopped"; readonly error: MillraceError };
