import type { Draft } from "@millrace/contracts";
import { type FindCoordinatorResponse, Groups } from "@millrace/contracts/groups";
import type { PeerMethod } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { groupCoordinatorOf } from "../../operations/coordinators.ts";
import { groupMembershipMethods } from "./group-membership-methods.ts";
import { groupOffsetMethods } from "./group-offset-methods.ts";
import type { GrpcCall, Unary } from "./unary.ts";

const description = { resource: "group", access: "describe", quota: "request" } as const;

/** The classic group protocol as calls: members of either door share groups. */
export function groupMethods(broker: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Groups.findCoordinator, description, ({ groupId }, call) => findCoordinator(broker, groupId, call)),
    ...groupMembershipMethods(broker, unary),
    ...groupOffsetMethods(broker, unary),
    ...groupAdminMethods(broker, unary),
  ];
}

function findCoordinator(broker: Broker, groupId: string, { guard, context }: GrpcCall): Draft<FindCoordinatorResponse> {
  guard.check(groupId);
  const address = broker.endpoints.of(groupCoordinatorOf(broker, groupId), context);
  if (address === undefined) throw new MillraceError("COORDINATOR_NOT_AVAILABLE", { listener: context.listener });
  return { broker: address.id, host: address.host, port: address.port };
}

/** Listing, describing and deleting groups. */
function groupAdminMethods({ groups }: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Groups.listGroups, description, (_, { guard }) => {
      const { groups: all, isLoading } = groups.listGroups();
      return { groups: all.filter(({ groupId }) => guard.allows(groupId)), loading: isLoading };
    }),
    unary(Groups.describeGroup, description, async ({ groupId }, { guard }) => {
      guard.check(groupId);
      return groups.describeGroup(groupId);
    }),
    unary(Groups.deleteGroup, { resource: "group", access: "delete", quota: "request" }, async ({ groupId }, { guard }) => {
      guard.check(groupId);
      await groups.deleteGroup(groupId);
      return {};
    }),
  ];
}
