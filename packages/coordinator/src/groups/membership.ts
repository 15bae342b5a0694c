import { MillraceError } from "@millrace/vocabulary";
import type { LeavingMember, MemberRequest } from "../contract.ts";
import type { Ticket } from "../shard/machine.ts";
import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import { completeJoin, rebalance } from "./rebalance.ts";
import { forgetAnnounced, removeMember } from "./removal.ts";
import { extendSession, isExcused } from "./sessions.ts";

/**
 * A member is still there. Refuses with UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, and with
 * REBALANCE_IN_PROGRESS, which calls it to join again.
 */
export function heartbeat(step: GroupStep, request: MemberRequest, ticket: Ticket<void>): void {
  const { groupId, memberId, groupInstanceId, generationId } = request;
  const group = step.state.groups.get(groupId);
  if (group === undefined) throw new MillraceError("UNKNOWN_MEMBER_ID", { groupId, memberId });
  const member = group.members.require(memberId, groupInstanceId);
  if (generationId !== group.generationId)
    throw new MillraceError("ILLEGAL_GENERATION", { groupId, generationId, present: group.generationId });
  extendSession(step, member);
  if (group.state === "PreparingRebalance") throw new MillraceError("REBALANCE_IN_PROGRESS", { groupId, memberId });
  step.answer(ticket, undefined);
}

/** Members leave, or an admin removes them: by member id, by instance id alone, by both. Answers an error or none for each. */
export function leaveGroup(
  step: GroupStep,
  groupId: string,
  members: readonly LeavingMember[],
  ticket: Ticket<(MillraceError | undefined)[]>,
): void {
  const group = step.state.groups.get(groupId);
  const faults = members.map((leaving) => leave(step, group, leaving));
  step.answer(ticket, faults);
  if (group === undefined || !faults.includes(undefined)) return;
  if (group.state !== "Empty") rebalance(step, group, "members have left");
}

function leave(step: GroupStep, group: ClassicGroup | undefined, { memberId, groupInstanceId }: LeavingMember): MillraceError | undefined {
  if (group !== undefined && memberId !== "" && forgetAnnounced(step, group, memberId)) return undefined;
  const holder = groupInstanceId === undefined ? group?.members.get(memberId) : group?.members.holderOf(groupInstanceId);
  if (group === undefined || holder === undefined) return new MillraceError("UNKNOWN_MEMBER_ID", { memberId, groupInstanceId });
  if (memberId !== "" && holder.memberId !== memberId) return new MillraceError("FENCED_INSTANCE_ID", { memberId, groupInstanceId });
  removeMember(step, group, holder);
  return undefined;
}

/** Nothing was heard of a member for its session time-out. One whose request is parked here is excused. */
export function sessionOver(step: GroupStep, groupId: string, memberId: string): void {
  const group = step.state.groups.get(groupId);
  const member = group?.members.get(memberId);
  if (group === undefined || (member !== undefined && isExcused(group, member))) return;
  if (member !== undefined) {
    step.state.environment.counters.expiredMembers++;
    step.state.environment.logger.info("member expired", { groupId, memberId, sessionTimeoutMs: member.sessionTimeoutMs });
    removeMember(step, group, member);
  } else if (!forgetAnnounced(step, group, memberId)) return;
  if (group.state === "PreparingRebalance" && group.isComplete) completeJoin(step, group);
  else if (member !== undefined && group.state !== "PreparingRebalance") rebalance(step, group, "a member has expired");
}
