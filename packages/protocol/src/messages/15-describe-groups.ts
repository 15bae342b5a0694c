import { array, authorizedOperations, bool, bytes, errorCode, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks what classic groups look like. Version 6 answers GROUP_ID_NOT_FOUND where earlier ones show a group in state `Dead`. */
export const DescribeGroupsRequest = request("DescribeGroups", { key: 15, versions: "0-6", flexible: "5+" }).fields({
  groups: array(string()),
  includeAuthorizedOperations: bool({ versions: "3+", absent: false }),
});

export const DescribeGroupsResponse = response("DescribeGroups", { key: 15, versions: "0-6", flexible: "5+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  groups: array({
    errorCode: errorCode(),
    errorMessage: string({ versions: "6+", nullable: "6+", absent: null }),
    groupId: string(),
    /** `PreparingRebalance`, `CompletingRebalance`, `Stable`, `Dead`, `Empty`; with an error the empty text. */
    groupState: string(),
    protocolType: string(),
    /** The name of the protocol, while the group is stable. */
    protocolData: string(),
    members: array({
      memberId: string(),
      groupInstanceId: string({ versions: "4+", nullable: "4+", absent: null, ignorable: true }),
      clientId: string(),
      /** An address after a slash: `/127.0.0.1`. */
      clientHost: string(),
      /** Both while the group is stable, otherwise empty. */
      memberMetadata: bytes(),
      memberAssignment: bytes(),
    }),
    authorizedOperations: authorizedOperations({ versions: "3+" }),
  }),
});
