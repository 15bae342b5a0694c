import type { MessageType } from "../message.ts";

/**
 * Why one entry of a request failed, while the others may have succeeded. A call that failed as a whole ends with a gRPC
 * status and says the same in its trailers: millrace-code, and millrace-facts-bin.
 */
export interface Failure {
  /** The name in the error catalogue: NOT_LEADER_OR_FOLLOWER. */
  code: string;
  /** A JSON object: the value seen, the bound it broke, where it happened. Empty: nothing to add. */
  facts: string;
}
export const Failure: MessageType<Failure>;
