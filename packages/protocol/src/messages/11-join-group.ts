import { array, bool, bytes, errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/**
 * Joins a classic group, or comes back to it; the answer waits until all members have joined. Version 4 may be sent away with
 * MEMBER_ID_REQUIRED first, 5 brings static members (KIP-345), 7 names the protocol in the answer, 9 tells a leader to skip the
 * assignment.
 */
export const JoinGroupRequest = request("JoinGroup", { key: 11, versions: "0-9", flexible: "6+" }).fields({
  groupId: string(),
  /** The member is gone when it was silent for so long. */
  sessionTimeoutMs: int32(),
  /** How long the others may take to rejoin. -1 (version 0): as long as the session time-out. */
  rebalanceTimeoutMs: int32({ versions: "1+", absent: -1, ignorable: true }),
  /** Empty: a member that has none yet. */
  memberId: string(),
  groupInstanceId: string({ versions: "5+", nullable: "5+", absent: null }),
  /** `consumer`, `connect` and whatever else clients agree on. */
  protocolType: string(),
  /** In the member's order of preference. */
  protocols: array({
    name: string(),
    metadata: bytes(),
  }),
  /** Why it joins, in words for a log. */
  reason: string({ versions: "8+", nullable: "8+", absent: null, ignorable: true }),
});

export const JoinGroupResponse = response("JoinGroup", { key: 11, versions: "0-9", flexible: "6+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "2+" }),
  errorCode: errorCode(),
  generationId: int32({ absent: -1 }),
  protocolType: string({ versions: "7+", nullable: "7+", absent: null, ignorable: true }),
  /** Before version 7 it may not be null: with an error it is empty. */
  protocolName: string({ nullable: "7+" }),
  leader: string(),
  /** The leader shall leave the assignment as it is (KIP-814). */
  skipAssignment: bool({ versions: "9+", absent: false }),
  memberId: string(),
  /** For the leader alone; empty for the others. */
  members: array({
    memberId: string(),
    groupInstanceId: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
    metadata: bytes(),
  }),
});
