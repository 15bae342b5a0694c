import { array, errorCode, string, throttleTimeMs } from "../declaration/fields.ts";
import { type InputOf, oneShape, request, response } from "../declaration/message.ts";
import { onlyOne } from "../declaration/only-one.ts";

const WireRequest = request("LeaveGroup", { key: 13, versions: "0-5", flexible: "4+" }).fields({
  groupId: string(),
  memberId: string({ versions: "0-2" }),
  members: array({
    /** May be empty where the instance id is given. */
    memberId: string(),
    groupInstanceId: string({ nullable: "3+", absent: null }),
    /** Why it leaves, in words for a log. */
    reason: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  }).with({ versions: "3+" }),
});

/** Takes members out of a classic group. Before version 3 there is one member exactly, a dynamic one. */
export const LeaveGroupRequest = oneShape(WireRequest, {
  fromWire: ({ groupId, memberId, members }, version) => ({
    groupId,
    members: version >= 3 ? members : [{ memberId, groupInstanceId: null, reason: null }],
  }),
  toWire: ({ groupId, members }: LeaveGroup, version) =>
    version >= 3
      ? { groupId, memberId: "", members }
      : { groupId, memberId: onlyOne("LeaveGroup", version, members).memberId, members: [] },
});

type LeaveGroup = Pick<InputOf<typeof WireRequest>, "groupId" | "members">;

const WireResponse = response("LeaveGroup", { key: 13, versions: "0-5", flexible: "4+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  /** Of the request as a whole. */
  errorCode: errorCode(),
  members: array({
    memberId: string(),
    groupInstanceId: string({ nullable: "3+" }),
    errorCode: errorCode(),
  }).with({ versions: "3+" }),
});

/** One answer for each member. Before version 3 the one member's error travels as that of the request. */
export const LeaveGroupResponse = oneShape(WireResponse, {
  fromWire: (wire) => wire,
  toWire: (value: InputOf<typeof WireResponse>, version) =>
    version >= 3 ? value : { ...value, errorCode: value.errorCode || (value.members[0]?.errorCode ?? 0), members: [] },
});
