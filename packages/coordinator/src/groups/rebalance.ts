import { assert } from "@millrace/vocabulary";
import { groupEntry } from "../stored/entries.ts";
import type { ClassicGroup } from "./classic-group.ts";
import type { GroupStep } from "./shard-state.ts";
import { nothingAssigned } from "./member.ts";
import { answerJoin, refuseSync } from "./parking.ts";
import { removeMember } from "./removal.ts";
import { extendSession } from "./sessions.ts";

/** The group has changed: begins a rebalance, or goes on with the one that is under way. */
export function rebalance(step: GroupStep, group: ClassicGroup, reason: string): void {
  if (group.state === "PreparingRebalance") completeLaterRebalance(step, group);
  else prepareRebalance(step, group, reason);
}

/** Calls all members to join again. Those that wait for an assignment of this generation are told that there will be none. */
export function prepareRebalance(step: GroupStep, group: ClassicGroup, reason: string): void {
  if (group.state === "CompletingRebalance") giveUpAssignment(step, group);
  group.awaitedSyncs.clear();
  step.state.deadlines.clear(group.syncDeadline);
  const isFirst = group.state === "Empty";
  group.transitionTo("PreparingRebalance", step.now.wallMs);
  step.state.environment.counters.rebalances++;
  step.state.environment.logger.info("rebalance begun", { groupId: group.groupId, generationId: group.generationId, reason });
  if (isFirst) awaitFirstMembers(step, group);
  else if (group.isComplete) completeJoin(step, group);
  else step.state.deadlines.set(group.joinDeadline, step.now.monotonicMs + group.members.rebalanceTimeoutMs);
}

function giveUpAssignment(step: GroupStep, group: ClassicGroup): void {
  for (const member of group.members) {
    member.assignment = nothingAssigned;
    if (refuseSync(step, group, member.memberId, "REBALANCE_IN_PROGRESS")) extendSession(step, member);
  }
}

/** Ends the rebalance when all have joined. The first one of an empty group takes its time instead. */
export function completeLaterRebalance(step: GroupStep, group: ClassicGroup): void {
  if (group.state === "PreparingRebalance" && group.previousState !== "Empty" && group.isComplete) completeJoin(step, group);
}

/** A group that is empty is likely to get several members at once, which would make a rebalance each. */
function awaitFirstMembers(step: GroupStep, group: ClassicGroup): void {
  const delayMs = initialDelayMs(step);
  group.hasGrown = false;
  group.firstDelay = { delayMs, leftMs: Math.max(group.members.rebalanceTimeoutMs - delayMs, 0) };
  step.state.deadlines.set(group.joinDeadline, step.now.monotonicMs + delayMs);
}

function initialDelayMs({ state }: GroupStep): number {
  return state.environment.configuration.get("group.initial.rebalance.delay.ms");
}

/** The time to join is over. */
export function joinTimeOver(step: GroupStep, groupId: string): void {
  const group = step.state.groups.get(groupId);
  if (group?.state !== "PreparingRebalance") return;
  if (group.previousState === "Empty" && group.hasGrown && group.firstDelay.leftMs > 0) awaitMoreMembers(step, group);
  else completeJoin(step, group);
}

/** As long as members keep coming the first rebalance waits for more, up to the longest rebalance time-out. */
function awaitMoreMembers(step: GroupStep, group: ClassicGroup): void {
  const { delayMs, leftMs } = group.firstDelay;
  const nextMs = Math.min(initialDelayMs(step), leftMs);
  group.hasGrown = false;
  group.firstDelay = { delayMs: nextMs, leftMs: Math.max(leftMs - delayMs, 0) };
  step.state.deadlines.set(group.joinDeadline, step.now.monotonicMs + nextMs);
}

/**
 * Ends the joining: dynamic members that did not join again are out, static ones stay. The next generation begins with
 * who is there; with nobody the group is empty, which is a generation too. While members are there but none of them has
 * joined, the rebalance goes on until their sessions end.
 */
export function completeJoin(step: GroupStep, group: ClassicGroup): void {
  step.state.deadlines.clear(group.joinDeadline);
  removeAbsent(step, group);
  if (group.members.size === 0) becomeEmpty(step, group);
  else if (electLeader(group)) beginGeneration(step, group);
  else step.state.deadlines.set(group.joinDeadline, step.now.monotonicMs + group.members.rebalanceTimeoutMs);
}

function removeAbsent(step: GroupStep, group: ClassicGroup): void {
  const absent = Array.from(group.members).filter(
    ({ memberId, groupInstanceId }) => groupInstanceId === undefined && !group.parkedJoins.has(memberId),
  );
  for (const member of absent) removeMember(step, group, member);
}

/** The leader stays if it has joined, else the first that has takes its place; false: nobody has. */
function electLeader(group: ClassicGroup): boolean {
  if (group.leaderId !== undefined && group.parkedJoins.has(group.leaderId)) return true;
  for (const { memberId } of group.members) {
    if (!group.parkedJoins.has(memberId)) continue;
    group.leaderId = memberId;
    return true;
  }
  return false;
}

function becomeEmpty(step: GroupStep, group: ClassicGroup): void {
  const empty = {
    protocolType: group.protocolType ?? "",
    generationId: group.generationId + 1,
    protocolName: undefined,
    leaderId: undefined,
    stateSinceMs: step.now.wallMs,
    members: [],
  };
  step.write(groupEntry(group.groupId, empty));
}

/** Every member that has joined is told the new generation, and has the rebalance time-out to ask for its assignment. */
function beginGeneration(step: GroupStep, group: ClassicGroup): void {
  const elected = group.members.electProtocol();
  assert(elected !== undefined, "members share a protocol", { groupId: group.groupId });
  group.generationId++;
  group.speak(elected);
  group.transitionTo("CompletingRebalance", step.now.wallMs);
  for (const member of group.members) {
    answerJoin(step, group, member);
    member.isNew = false;
    extendSession(step, member);
    group.awaitedSyncs.add(member.memberId);
  }
  step.state.deadlines.set(group.syncDeadline, step.now.monotonicMs + group.members.rebalanceTimeoutMs);
}

/** The time to ask for the assignment is over: members that did not are out. */
export function syncTimeOver(step: GroupStep, groupId: string): void {
  const group = step.state.groups.get(groupId);
  if (group === undefined || group.awaitedSyncs.size === 0) return;
  for (const memberId of group.awaitedSyncs) {
    const member = group.members.get(memberId);
    if (member !== undefined) removeMember(step, group, member);
  }
  prepareRebalance(step, group, "members did not ask for their assignment");
}
