import { Deadline } from "../shard/deadlines.ts";
import { fitsBatch } from "../stored/batch-room.ts";
import { groupEntry } from "../stored/entries.ts";
import type { Joining } from "./join-known.ts";
import type { Member } from "./member.ts";
import { joinedAs, parkJoin, refuseJoin, refuseSync } from "./parking.ts";
import { completeLaterRebalance, rebalance } from "./rebalance.ts";
import { extendSession } from "./sessions.ts";
import { storedGroup } from "./stored-group.ts";

/**
 * A static member comes back without its member id: it gets a new one in its old place, and whoever still uses the old
 * one is fenced. A stable group goes on as it is if it would speak the same protocol, so that a restart within the
 * session time-out moves nothing. A generation that is being assigned begins again: its leader knows the old id.
 */
export function rejoinStatic(joining: Joining, holder: Member, memberId: string): void {
  const { step, group } = joining;
  const formerLeader = group.leaderId;
  const member = takePlace(joining, holder, memberId);
  if (group.state === "Stable" && keepAssignment(joining, member, formerLeader)) return;
  parkJoin(step, group, member, joining.ticket);
  if (group.state === "PreparingRebalance") completeLaterRebalance(step, group);
  else rebalance(step, group, "a static member has come back");
}

function takePlace({ step, group, request }: Joining, holder: Member, memberId: string): Member {
  refuseJoin(step, group, holder.memberId, "FENCED_INSTANCE_ID");
  refuseSync(step, group, holder.memberId, "FENCED_INSTANCE_ID");
  step.state.deadlines.clear(holder.session);
  const { protocols, sessionTimeoutMs, rebalanceTimeoutMs } = request;
  const session = new Deadline({ type: "session", groupId: group.groupId, memberId } as const);
  const member = { ...holder, memberId, protocols, sessionTimeoutMs, rebalanceTimeoutMs, isNew: false, session };
  group.replace(holder, member);
  extendSession(step, member);
  return member;
}

/** Stores the new id and answers with the present generation; false where the group has to agree on a protocol anew. */
function keepAssignment({ step, group, request, ticket }: Joining, member: Member, formerLeader: string | undefined): boolean {
  if (group.members.electProtocol() !== group.protocolName) return false;
  const entry = groupEntry(group.groupId, storedGroup(group, group.stateSinceMs));
  if (!fitsBatch(step.state.environment.configuration, [entry])) return false;
  step.write(entry);
  const joined = joinedAs(group, member.memberId);
  const isLeader = group.leaderId === member.memberId;
  // A client that knows no skipAssignment would assign if it were told that it leads: to it the leader is somebody else.
  if (request.supportsSkippingAssignment) step.answer(ticket, { ...joined, skipAssignment: isLeader });
  else step.answer(ticket, { ...joined, leader: formerLeader ?? "", members: [] });
  return true;
}
