import { MillraceError } from "@millrace/vocabulary";
import type { SyncGroup, SyncedGroup } from "../contract.ts";
import type { Ticket } from "../shard/machine.ts";
import { fitsBatch } from "../stored/batch-room.ts";
import { groupEntry } from "../stored/entries.ts";
import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import { type Member, nothingAssigned } from "./member.ts";
import { answerSync, parkSync, refuseSync, syncedWith } from "./parking.ts";
import { prepareRebalance } from "./rebalance.ts";
import { extendSession } from "./sessions.ts";
import { storedGroup } from "./stored-group.ts";

/**
 * A member asks for its assignment; the leader brings everybody's, and with that the generation is stored and all are
 * answered. Refuses with UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL,
 * REBALANCE_IN_PROGRESS.
 */
export function syncGroup(step: GroupStep, request: SyncGroup, ticket: Ticket<SyncedGroup>): void {
  const { groupId, memberId, groupInstanceId } = request;
  const group = step.state.groups.get(groupId);
  if (group === undefined || group.state === "Empty") throw new MillraceError("UNKNOWN_MEMBER_ID", { groupId, memberId });
  const member = group.members.require(memberId, groupInstanceId);
  requireGeneration(group, request);
  if (group.state === "PreparingRebalance") throw new MillraceError("REBALANCE_IN_PROGRESS", { groupId, memberId });
  noteSync(step, group, member);
  if (group.state === "Stable") return step.answer(ticket, syncedWith(group, member.assignment));
  parkSync(step, group, member, ticket);
  if (group.leaderId === memberId) assign(step, group, request);
}

function requireGeneration(group: ClassicGroup, request: SyncGroup): void {
  const { groupId, generationId, protocolType, protocolName } = request;
  if (generationId !== group.generationId)
    throw new MillraceError("ILLEGAL_GENERATION", { groupId, generationId, present: group.generationId });
  if (differs(protocolType, group.protocolType) || differs(protocolName, group.protocolName))
    throw new MillraceError("INCONSISTENT_GROUP_PROTOCOL", { groupId, protocolType, protocolName });
}

function differs(told: string | undefined, present: string | undefined): boolean {
  return told !== undefined && present !== undefined && told !== present;
}

function noteSync(step: GroupStep, group: ClassicGroup, { memberId }: Member): void {
  group.awaitedSyncs.delete(memberId);
  if (group.awaitedSyncs.size === 0) step.state.deadlines.clear(group.syncDeadline);
}

/** Whom the leader forgot gets nothing. An assignment that no batch can hold is refused, and the members join again. */
function assign(step: GroupStep, group: ClassicGroup, { assignments }: SyncGroup): void {
  const byMember = new Map(assignments.map(({ memberId, assignment }) => [memberId, Buffer.from(assignment)]));
  const assignmentOf = ({ memberId }: Member) => byMember.get(memberId) ?? nothingAssigned;
  const entry = groupEntry(group.groupId, storedGroup(group, step.now.wallMs, assignmentOf));
  if (!fitsBatch(step.state.environment.configuration, [entry])) return refuseAssignment(step, group);
  step.write(entry);
  step.state.environment.counters.completedRebalances++;
  for (const member of group.members) if (answerSync(step, group, member, assignmentOf(member))) extendSession(step, member);
}

function refuseAssignment(step: GroupStep, group: ClassicGroup): void {
  for (const { memberId } of group.members) refuseSync(step, group, memberId, "UNKNOWN_SERVER_ERROR");
  prepareRebalance(step, group, "the assignment is larger than message.max.bytes");
}
