import type { Draft } from "@millrace/contracts";
import {
  Groups,
  type JoinRequest,
  type JoinResponse,
  type LeaveRequest,
  type LeaveResponse,
  type SyncRequest,
  type SyncResponse,
} from "@millrace/contracts/groups";
import type { PeerMethod } from "@millrace/runtime";
import type { Broker } from "../../broker.ts";
import { asMember, outcomesOf } from "./group-drafts.ts";
import type { GrpcCall, Unary } from "./unary.ts";

const membership = { resource: "group", access: "read", quota: "request" } as const;

/** Joining, staying in and leaving classic groups. */
export function groupMembershipMethods({ groups }: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Groups.join, membership, (request, call) => join(groups, request, call)),
    unary(Groups.sync, membership, (request, call) => sync(groups, request, call)),
    unary(Groups.heartbeat, membership, async ({ member }, { guard }) => {
      const asking = asMember(member);
      guard.check(asking.groupId);
      await groups.heartbeat(asking);
      return {};
    }),
    unary(Groups.leave, membership, (request, call) => leave(groups, request, call)),
  ];
}

async function join(groups: Broker["groups"], request: JoinRequest, { guard, context }: GrpcCall): Promise<Draft<JoinResponse>> {
  guard.check(request.groupId);
  const joining = {
    ...request,
    groupInstanceId: request.groupInstanceId ?? undefined,
    reason: request.reason ?? undefined,
    requiresKnownMemberId: true,
    supportsSkippingAssignment: true,
  };
  return groups.joinGroup(joining, { clientId: context.clientId, host: `/${context.remote.host}` });
}

async function sync(
  groups: Broker["groups"],
  { member, protocolType, protocolName, assignments }: SyncRequest,
  { guard }: GrpcCall,
): Promise<Draft<SyncResponse>> {
  const asking = asMember(member);
  guard.check(asking.groupId);
  return groups.syncGroup({ ...asking, protocolType: protocolType ?? undefined, protocolName: protocolName ?? undefined, assignments });
}

async function leave(groups: Broker["groups"], { groupId, members }: LeaveRequest, { guard }: GrpcCall): Promise<Draft<LeaveResponse>> {
  guard.check(groupId);
  const leaving = members.map(({ memberId, groupInstanceId, reason }) => ({
    memberId,
    groupInstanceId: groupInstanceId ?? undefined,
    reason: reason ?? undefined,
  }));
  return outcomesOf(await groups.leaveGroup(groupId, leaving));
}
