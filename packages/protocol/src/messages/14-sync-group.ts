import { array, bytes, errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Brings the leader's assignment, and asks for one's own. From version 5 on protocol type and name must be the group's. */
export const SyncGroupRequest = request("SyncGroup", { key: 14, versions: "0-5", flexible: "4+" }).fields({
  groupId: string(),
  generationId: int32(),
  memberId: string(),
  groupInstanceId: string({ versions: "3+", nullable: "3+", absent: null }),
  protocolType: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  protocolName: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  /** From the leader; empty from the others. */
  assignments: array({
    memberId: string(),
    assignment: bytes(),
  }),
});

export const SyncGroupResponse = response("SyncGroup", { key: 14, versions: "0-5", flexible: "4+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  errorCode: errorCode(),
  protocolType: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  protocolName: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  /** Empty: the leader forgot this member, or there was an error. */
  assignment: bytes(),
});
