import type { JoinedGroup, JoinGroup } from "../contract.ts";
import type { Ticket } from "../shard/machine.ts";
import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import type { Member } from "./member.ts";
import { joinedAs, parkJoin } from "./parking.ts";
import { sameProtocols } from "./protocols.ts";
import { rebalance } from "./rebalance.ts";

/** A JoinGroup that is being decided. */
export interface Joining {
  readonly step: GroupStep;
  readonly group: ClassicGroup;
  readonly request: JoinGroup;
  readonly ticket: Ticket<JoinedGroup>;
}

/**
 * A member joins again. If nothing has changed and no rebalance is under way, it is told what it may have missed. The
 * leader of a stable group is the exception: it joins again because it wants to assign anew.
 */
export function joinAsKnown(joining: Joining, member: Member): void {
  const { step, group, request, ticket } = joining;
  const isUnchanged = sameProtocols(member.protocols, request.protocols);
  const wantsRebalance = group.state === "Stable" && group.leaderId === member.memberId;
  if (group.state !== "PreparingRebalance" && isUnchanged && !wantsRebalance) return step.answer(ticket, joinedAs(group, member.memberId));
  group.members.update(member, request);
  parkJoin(step, group, member, ticket);
  rebalance(step, group, isUnchanged ? "a member joins again" : "a member has changed what it says");
}
