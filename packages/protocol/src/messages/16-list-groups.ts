import { array, errorCode, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks a broker for the groups that it coordinates; clients ask every broker. */
export const ListGroupsRequest = request("ListGroups", { key: 16, versions: "0-5", flexible: "3+" }).fields({
  /** Empty: groups in any state. */
  statesFilter: array(string(), { versions: "4+", absent: [] }),
  /** `classic`, `consumer`; empty: of any type. */
  typesFilter: array(string(), { versions: "5+", absent: [] }),
});

export const ListGroupsResponse = response("ListGroups", { key: 16, versions: "0-5", flexible: "3+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  errorCode: errorCode(),
  groups: array({
    groupId: string(),
    protocolType: string(),
    groupState: string({ versions: "4+", ignorable: true }),
    groupType: string({ versions: "5+", ignorable: true }),
  }),
});
