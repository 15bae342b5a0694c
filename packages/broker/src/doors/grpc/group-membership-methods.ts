import type { Draft } from "@millrace/contracts";
import { type GroupMember, Groups, type Member } from "@millrace/contracts/groups";
import type { PeerMethod } from "@millrace/runtime";
import { MillraceError, Offset } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { groupCoordinatorOf } from "../../operations/coordinators.ts";
import { failureDraft } from "./drafts.ts";
import type { Unary } from "./unary.ts";

/** The classic group protocol as calls: members of either door share groups. */
export function groupMethods(broker: Broker, unary: Unary): PeerMethod[] {
  const { groups } = broker;
  const membership = { resource: "group", access: "read", quota: "request" } as const;
  const description = { resource: "group", access: "describe", quota: "request" } as const;
  const deletion = { resource: "group", access: "delete", quota: "request" } as const;
  return [
    unary(Groups.findCoordinator, description, ({ groupId }, { guard, context }) => {
      guard.check(groupId);
      const address = broker.endpoints.of(groupCoordinatorOf(broker, groupId), context);
      if (address === undefined) throw new MillraceError("COORDINATOR_NOT_AVAILABLE", { listener: context.listener });
      return { broker: address.id, host: address.host, port: address.port };
    }),

    unary(Groups.join, membership, async (request, { guard, context }) => {
      guard.check(request.groupId);
      const joined = await groups.joinGroup(
        {
          ...request,
          groupInstanceId: request.groupInstanceId ?? undefined,
          reason: request.reason ?? undefined,
          requiresKnownMemberId: true,
          supportsSkippingAssignment: true,
        },
        { clientId: context.clientId, host: `/${context.remote.host}` },
      );
      return { ...joined, members: joined.members };
    }),

    unary(Groups.sync, membership, ({ member, protocolType, protocolName, assignments }, { guard }) => {
      const asking = memberOf(member);
      guard.check(asking.groupId);
      return groups.syncGroup({ ...asking, protocolType: protocolType ?? undefined, protocolName: protocolName ?? undefined, assignments });
    }),

    unary(Groups.heartbeat, membership, async ({ member }, { guard }) => {
      const asking = memberOf(member);
      guard.check(asking.groupId);
      await groups.heartbeat(asking);
      return {};
    }),

    unary(Groups.leave, membership, async ({ groupId, members }, { guard }) => {
      guard.check(groupId);
      const leaving = members.map(({ memberId, groupInstanceId, reason }) => ({
        memberId,
        groupInstanceId: groupInstanceId ?? undefined,
        reason: reason ?? undefined,
      }));
      return outcomes(await groups.leaveGroup(groupId, leaving));
    }),

    unary(Groups.commitOffsets, membership, async ({ member, offsets }, { guard }) => {
      const asking = memberOf(member);
      guard.check(asking.groupId);
      const partitions = offsets.map(({ topic, partition, offset, leaderEpoch, metadata }) => ({
        topic,
        partition,
        offset: Offset(offset),
        leaderEpoch: leaderEpoch ?? -1,
        metadata,
      }));
      return outcomes(await groups.commitOffsets({ ...asking, retentionMs: undefined, reportsMissingGroup: true, partitions }));
    }),

    unary(Groups.fetchOffsets, description, async ({ groupId, all, partitions, requireStable }, { guard }) => {
      guard.check(groupId);
      const committed = await groups.fetchOffsets({ groupId, partitions: all ? undefined : partitions, requireStable });
      return {
        offsets: committed.map(({ topic, partition, offset, leaderEpoch, metadata, error }) => ({
          failure: failureDraft(error),
          topic,
          partition,
          offset: offset < 0 ? undefined : offset,
          leaderEpoch: leaderEpoch < 0 ? undefined : leaderEpoch,
          metadata,
        })),
      };
    }),

    unary(Groups.deleteOffsets, deletion, async ({ groupId, partitions }, { guard }) => {
      guard.check(groupId);
      return outcomes(await groups.deleteOffsets(groupId, partitions));
    }),

    unary(Groups.listGroups, description, (_, { guard }) => {
      const { groups: all, isLoading } = groups.listGroups();
      return { groups: all.filter(({ groupId }) => guard.allows(groupId)), loading: isLoading };
    }),

    unary(Groups.describeGroup, description, async ({ groupId }, { guard }) => {
      guard.check(groupId);
      const described = await groups.describeGroup(groupId);
      return { ...described, members: described.members satisfies readonly Draft<GroupMember>[] };
    }),

    unary(Groups.deleteGroup, deletion, async ({ groupId }, { guard }) => {
      guard.check(groupId);
      await groups.deleteGroup(groupId);
      return {};
    }),
  ];
}

function memberOf(member: Member | null) {
  if (member === null) throw new MillraceError("INVALID_REQUEST", { member: null });
  const { groupId, generationId, memberId, groupInstanceId } = member;
  return { groupId, generationId, memberId, groupInstanceId: groupInstanceId ?? undefined };
}

function outcomes(errors: readonly (MillraceError | undefined)[]) {
  return { outcomes: errors.map((error) => ({ failure: failureDraft(error) })) };
}
