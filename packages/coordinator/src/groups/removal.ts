import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import type { Member } from "./member.ts";
import { refuseJoin, refuseSync } from "./parking.ts";

/** Takes a member out of its group. What it has parked is refused with UNKNOWN_MEMBER_ID: if it is still there it joins as a new one. */
export function removeMember(step: GroupStep, group: ClassicGroup, member: Member): void {
  refuseJoin(step, group, member.memberId, "UNKNOWN_MEMBER_ID");
  refuseSync(step, group, member.memberId, "UNKNOWN_MEMBER_ID");
  step.state.deadlines.clear(member.session);
  group.remove(member);
}

/** Forgets an id that was handed out and not used; whether there was one. */
export function forgetAnnounced(step: GroupStep, group: ClassicGroup, memberId: string): boolean {
  const deadline = group.announced.get(memberId);
  if (deadline === undefined) return false;
  step.state.deadlines.clear(deadline);
  return group.announced.delete(memberId);
}
