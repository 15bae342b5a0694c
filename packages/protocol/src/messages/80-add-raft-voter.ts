import { array, bool, brokerId, errorCode, int32, string, throttleTimeMs, uint16, uuid } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Lets a controller join the quorum (KIP-853). */
export const AddRaftVoterRequest = request("AddRaftVoter", { key: 80, versions: "0-1", flexible: "0+" }).fields({
  /** Null: whichever cluster this is. */
  clusterId: string({ nullable: "0+" }),
  timeoutMs: int32(),
  voterId: brokerId(),
  voterDirectoryId: uuid(),
  /** Where the other voters reach it. */
  listeners: array({
    name: string(),
    host: string(),
    port: uint16(),
  }),
  /** Otherwise it is answered when the change is in the leader's log. */
  ackWhenCommitted: bool({ versions: "1+", absent: true }),
});

export const AddRaftVoterResponse = response("AddRaftVoter", { key: 80, versions: "0-1", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+" }),
});
