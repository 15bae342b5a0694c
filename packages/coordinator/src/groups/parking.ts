import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { JoinedGroup, SyncedGroup } from "../contract.ts";
import type { Ticket } from "../shard/machine.ts";
import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import { type Member, metadataFor } from "./member.ts";

/** Parks a JoinGroup until the other members have joined. One that the member sent before is sent away: it joins here. */
export function parkJoin(step: GroupStep, group: ClassicGroup, { memberId }: Member, ticket: Ticket<JoinedGroup>): void {
  refuseJoin(step, group, memberId, "REBALANCE_IN_PROGRESS");
  group.parkedJoins.set(memberId, ticket);
}

/** Parks a SyncGroup until the leader has assigned. One that the member sent before is sent away. */
export function parkSync(step: GroupStep, group: ClassicGroup, { memberId }: Member, ticket: Ticket<SyncedGroup>): void {
  refuseSync(step, group, memberId, "REBALANCE_IN_PROGRESS");
  group.parkedSyncs.set(memberId, ticket);
}

/** Tells a member whose JoinGroup is parked the generation that it is part of now. */
export function answerJoin(step: GroupStep, group: ClassicGroup, { memberId }: Member): void {
  const ticket = group.parkedJoins.get(memberId);
  if (ticket === undefined) return;
  group.parkedJoins.delete(memberId);
  step.answer(ticket, joinedAs(group, memberId));
}

/** Tells a member whose SyncGroup is parked its assignment; whether there was one. */
export function answerSync(step: GroupStep, group: ClassicGroup, { memberId }: Member, assignment: Buffer): boolean {
  const ticket = group.parkedSyncs.get(memberId);
  if (ticket === undefined) return false;
  group.parkedSyncs.delete(memberId);
  step.answer(ticket, syncedWith(group, assignment));
  return true;
}

/** Refuses a parked JoinGroup, if there is one. */
export function refuseJoin(step: GroupStep, group: ClassicGroup, memberId: string, code: ErrorCode): void {
  const ticket = group.parkedJoins.get(memberId);
  if (ticket === undefined) return;
  group.parkedJoins.delete(memberId);
  step.refuse(ticket, new MillraceError(code, { groupId: group.groupId, memberId }));
}

/** Refuses a parked SyncGroup; whether there was one. */
export function refuseSync(step: GroupStep, group: ClassicGroup, memberId: string, code: ErrorCode): boolean {
  const ticket = group.parkedSyncs.get(memberId);
  if (ticket === undefined) return false;
  group.parkedSyncs.delete(memberId);
  step.refuse(ticket, new MillraceError(code, { groupId: group.groupId, memberId }));
  return true;
}

/** The present generation as one of its members is told; the leader alone sees the others. */
export function joinedAs(group: ClassicGroup, memberId: string): JoinedGroup {
  return {
    generationId: group.generationId,
    protocolType: group.protocolType ?? "",
    protocolName: group.protocolName ?? "",
    leader: group.leaderId ?? "",
    skipAssignment: false,
    memberId,
    members: group.leaderId === memberId ? membersForLeader(group) : [],
  };
}

function membersForLeader(group: ClassicGroup): JoinedGroup["members"] {
  return Array.from(group.members, (member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    metadata: metadataFor(member, group.protocolName),
  }));
}

export function syncedWith(group: ClassicGroup, assignment: Buffer): SyncedGroup {
  return { protocolType: group.protocolType ?? "", protocolName: group.protocolName ?? "", assignment };
}
