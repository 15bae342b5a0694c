import { minuteMs } from "@millrace/vocabulary";
import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import type { Member } from "./member.ts";

/**
 * How long the JoinGroup of a new member may be parked. It knows no member id yet, so it cannot send heartbeats, and a
 * client that gave up waiting and asked again would stay in the group for ever; one that is still there asks again.
 */
const newMemberMs = 5 * minuteMs;

/** The member has been heard of: its session begins anew. */
export function extendSession(step: GroupStep, member: Member): void {
  step.state.deadlines.set(member.session, step.now.monotonicMs + member.sessionTimeoutMs);
}

/** A new member has its own time until it is told its id. */
export function beginSession(step: GroupStep, member: Member): void {
  step.state.deadlines.set(member.session, step.now.monotonicMs + newMemberMs);
}

/** Whether nothing can be expected of the member now: its request is parked here. A new one is never excused. */
export function isExcused(group: ClassicGroup, { memberId, isNew }: Member): boolean {
  return !isNew && (group.parkedJoins.has(memberId) || group.parkedSyncs.has(memberId));
}
