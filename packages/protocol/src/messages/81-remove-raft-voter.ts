import { brokerId, errorCode, string, throttleTimeMs, uuid } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Takes a controller out of the quorum (KIP-853). */
export const RemoveRaftVoterRequest = request("RemoveRaftVoter", { key: 81, versions: "0", flexible: "0+" }).fields({
  /** Null: whichever cluster this is. */
  clusterId: string({ nullable: "0+" }),
  voterId: brokerId(),
  voterDirectoryId: uuid(),
});

export const RemoveRaftVoterResponse = response("RemoveRaftVoter", { key: 81, versions: "0", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+" }),
});
