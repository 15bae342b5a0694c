import { array, errorCode, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Deletes groups that have no members, with their offsets. */
export const DeleteGroupsRequest = request("DeleteGroups", { key: 42, versions: "0-3", flexible: "2+" }).fields({
  groupsNames: array(string()),
});

export const DeleteGroupsResponse = response("DeleteGroups", { key: 42, versions: "0-3", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  results: array({
    groupId: string(),
    errorCode: errorCode(),
    errorMessage: string({ versions: "3+", nullable: "3+", absent: null, ignorable: true }),
  }),
});
