import { MillraceError } from "@millrace/vocabulary";
import type { GroupClient, JoinGroup, JoinedGroup } from "../contract.ts";
import { Deadline } from "../shard/deadlines.ts";
import type { Ticket } from "../shard/machine.ts";
import { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import { joinAsKnown, type Joining } from "./join-known.ts";
import { rejoinStatic } from "./join-static.ts";
import { newMemberId } from "./member-id.ts";
import { nothingAssigned } from "./member.ts";
import { parkJoin } from "./parking.ts";
import { rebalance } from "./rebalance.ts";
import { forgetAnnounced, removeMember } from "./removal.ts";
import { beginSession } from "./sessions.ts";

/**
 * A member joins, for the first time or again. Only one without an id may found a group. Refuses with
 * UNKNOWN_MEMBER_ID, GROUP_MAX_SIZE_REACHED, INCONSISTENT_GROUP_PROTOCOL, MEMBER_ID_REQUIRED, FENCED_INSTANCE_ID.
 */
export function joinGroup(step: GroupStep, request: JoinGroup, client: GroupClient, ticket: Ticket<JoinedGroup>): void {
  const { groupId, memberId } = request;
  const known = step.state.groups.get(groupId);
  if (known === undefined && memberId !== "") throw new MillraceError("UNKNOWN_MEMBER_ID", { groupId, memberId });
  const group = known ?? foundGroup(step, groupId);
  requireRoom(step, group, memberId);
  if (!group.supports(request.protocolType, request.protocols))
    throw new MillraceError("INCONSISTENT_GROUP_PROTOCOL", { groupId, memberId, protocolType: request.protocolType });
  step.state.groups.set(groupId, group);
  const joining = { step, group, request: withOwnMemory(request), ticket };
  if (memberId === "") joinAsNew(joining, client);
  else if (group.announced.has(memberId)) joinAsAnnounced(joining, client);
  else joinAsKnown(joining, group.members.require(memberId, request.groupInstanceId));
}

function foundGroup(step: GroupStep, groupId: string): ClassicGroup {
  const group = new ClassicGroup(groupId);
  group.stateSinceMs = step.now.wallMs;
  return group;
}

/** Metadata is kept as long as the member; a slice would hold the memory of the whole request. */
function withOwnMemory(request: JoinGroup): JoinGroup {
  return { ...request, protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })) };
}

/**
 * A full group takes in nobody but who is in it. While members join again those that have joined count, not those that
 * are in: in a group that is too large since group.max.size was lowered the last to come are out.
 */
function requireRoom(step: GroupStep, group: ClassicGroup, memberId: string): void {
  const membersMax = step.state.environment.configuration.get("group.max.size");
  const isJoining = group.state === "PreparingRebalance";
  const hasPlace = isJoining ? group.parkedJoins.has(memberId) : group.members.has(memberId);
  const taken = isJoining ? group.parkedJoins.size : group.members.size;
  if (group.state === "Empty" || hasPlace || taken < membersMax) return;
  forgetAnnounced(step, group, memberId);
  const member = group.members.get(memberId);
  if (member !== undefined) removeMember(step, group, member);
  throw new MillraceError("GROUP_MAX_SIZE_REACHED", { groupId: group.groupId, memberId: "", membersMax });
}

function joinAsNew(joining: Joining, client: GroupClient): void {
  const { step, group, request } = joining;
  const memberId = newMemberId(step.state.environment.random, request.groupInstanceId ?? client.clientId);
  const holder = request.groupInstanceId === undefined ? undefined : group.members.holderOf(request.groupInstanceId);
  if (holder !== undefined) rejoinStatic(joining, holder, memberId);
  else if (request.groupInstanceId === undefined && request.requiresKnownMemberId) announce(joining, memberId);
  else addMember(joining, client, memberId);
}

/** The id is handed out first: a client whose connection breaks while it waits would else come back as one more member. */
function announce({ step, group, request, ticket }: Joining, memberId: string): void {
  const deadline = new Deadline({ type: "session", groupId: group.groupId, memberId } as const);
  group.announced.set(memberId, deadline);
  step.state.deadlines.set(deadline, step.now.monotonicMs + request.sessionTimeoutMs);
  step.refuse(ticket, new MillraceError("MEMBER_ID_REQUIRED", { groupId: group.groupId, memberId }));
}

function joinAsAnnounced(joining: Joining, client: GroupClient): void {
  const { step, group, request } = joining;
  const { memberId, groupInstanceId } = request;
  if (groupInstanceId !== undefined) throw new MillraceError("INVALID_REQUEST", { groupId: group.groupId, memberId, groupInstanceId });
  forgetAnnounced(step, group, memberId);
  addMember(joining, client, memberId);
}

function addMember({ step, group, request, ticket }: Joining, { clientId, host }: GroupClient, memberId: string): void {
  const { groupInstanceId, sessionTimeoutMs, rebalanceTimeoutMs, protocols, protocolType } = request;
  const member = {
    memberId,
    groupInstanceId,
    clientId,
    clientHost: host,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    protocols,
    assignment: nothingAssigned,
    isNew: true,
    session: new Deadline({ type: "session", groupId: group.groupId, memberId } as const),
  };
  group.add(member, protocolType);
  group.hasGrown = true;
  parkJoin(step, group, member, ticket);
  beginSession(step, member);
  rebalance(step, group, "a member is new");
}
