import { minuteMs } from "@millrace/vocabulary";
import type { ClassicGroup } from "../groups/classic-group.ts";
import type { GroupStep } from "../groups/shard-state.ts";
import { groupEntry, offsetEntry } from "../stored/entries.ts";
import type { StoredOffset } from "../stored/group-record.ts";
import { tombstonesPerTurn } from "./removal.ts";

/** Looks for unused offsets: begins a search, or goes on with the next group of one that is under way. */
export function searchExpired(step: GroupStep): void {
  const { state, now } = step;
  if (state.unsearched.length === 0) state.unsearched = [...state.groups.keys()];
  const groupId = state.unsearched.pop();
  const isDone = groupId === undefined || removeExpired(step, groupId);
  if (!isDone) state.unsearched.push(groupId);
  const pauseMs = state.environment.configuration.get("offsets.retention.check.interval.ms");
  state.deadlines.set(state.expiryDeadline, state.unsearched.length > 0 ? now.monotonicMs : now.monotonicMs + pauseMs);
}

/**
 * Removes what a group does not use any more, and the group itself if it is empty and nothing is left of it; false where
 * there is more to remove than one turn should.
 */
function removeExpired(step: GroupStep, groupId: string): boolean {
  const { groups, offsets, environment } = step.state;
  const group = groups.get(groupId);
  if (group === undefined) return true;
  let isLeft = offsets.hasUnstable(groupId);
  for (const { topic, partition, stored } of offsets.of(groupId)) {
    if (!isExpired(step, group, topic, stored) || offsets.isUnstable(groupId, topic, partition)) isLeft = true;
    else if (step.entries.length >= tombstonesPerTurn) return false;
    else {
      step.write(offsetEntry(groupId, topic, partition, undefined));
      environment.counters.expiredOffsets++;
    }
  }
  if (!isLeft && group.state === "Empty") step.write(groupEntry(groupId, undefined));
  return true;
}

function isExpired({ state, now }: GroupStep, group: ClassicGroup, topic: string, stored: StoredOffset): boolean {
  const unusedSinceMs = unusedSince(group, topic, stored);
  if (unusedSinceMs === undefined) return false;
  const retentionMs = state.environment.configuration.get("offsets.retention.minutes") * minuteMs;
  return now.wallMs >= (stored.expiresMs ?? unusedSinceMs + retentionMs);
}

/**
 * Since when an offset has been of no use; undefined while it may be. A simple group's counts from its commit. One of a
 * group whose members have gone counts from then. While there are members it may be of use, except that consumers who
 * have settled say what they consume. During a rebalance nobody can tell (KAFKA-13636).
 */
function unusedSince(group: ClassicGroup, topic: string, { committedMs }: StoredOffset): number | undefined {
  if (group.protocolType === undefined) return committedMs;
  if (group.state === "Empty") return group.stateSinceMs ?? committedMs;
  const isSettled = group.state === "Stable" && group.subscribedTopics !== undefined;
  return isSettled && !group.isSubscribedTo(topic) ? committedMs : undefined;
}
