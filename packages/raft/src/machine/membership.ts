import { assert, MillraceError } from "@millrace/vocabulary";
import { isSameVoter, membersOf, type VoterId, type VoterSet } from "../voters.ts";
import { advance } from "./commit.ts";
import type { VoterChange } from "./events.ts";
import { appendAsLeader } from "./leading.ts";
import { leads, type RaftState } from "./state.ts";

/**
 * Why a change of who takes part cannot begin, if so. One change at a time, and only once an entry of the leader's own term is
 * committed: otherwise two majorities might not meet (Ongaro 2015, KIP-853).
 *
 * NOT_CONTROLLER; REASSIGNMENT_IN_PROGRESS while the change before is not committed; DUPLICATE_VOTER for a node that takes part, or
 * whose number does; VOTER_NOT_FOUND; INVALID_REQUEST for the last voter.
 */
export function voterChangeFault(state: RaftState, change: VoterChange): MillraceError | undefined {
  const { sets, term } = state;
  if (!leads(state)) return new MillraceError("NOT_CONTROLLER", { term });
  if (!sets.isOfSnapshot && sets.offset >= state.committedEnd)
    return new MillraceError("REASSIGNMENT_IN_PROGRESS", { voters: namesOf(sets.current), at: sets.offset });
  switch (change.type) {
    case "addLearner":
      return duplicateFault(sets.current, change.voter);
    case "promote":
      return has(sets.current.learners, change.id) ? undefined : notFound(change.id);
    case "remove":
      return removalFault(sets.current, change.id);
  }
}

/** Appends the set as it is to be: it is in force at once. */
export function changeVoters(state: RaftState, change: VoterChange): void {
  assert(voterChangeFault(state, change) === undefined, "a change begins after the one before", { change: change.type });
  appendAsLeader(state, { kind: "voterSet", set: changed(state.sets.current, change) });
  // A smaller set may have a majority for more than the larger one had.
  advance(state);
}

function changed({ voters, learners }: VoterSet, change: VoterChange): VoterSet {
  switch (change.type) {
    case "addLearner":
      return { voters, learners: [...learners, change.voter] };
    case "promote":
      return { voters: [...voters, ...learners.filter((one) => isSameVoter(one, change.id))], learners: without(learners, change.id) };
    case "remove":
      return { voters: without(voters, change.id), learners: without(learners, change.id) };
  }
}

function without<Member extends VoterId>(members: readonly Member[], id: VoterId): Member[] {
  return members.filter((member) => !isSameVoter(member, id));
}

function duplicateFault(set: VoterSet, { nodeId }: VoterId): MillraceError | undefined {
  const found = membersOf(set).find((member) => member.nodeId === nodeId);
  return found && new MillraceError("DUPLICATE_VOTER", { nodeId, directoryId: found.directoryId });
}

function removalFault(set: VoterSet, id: VoterId): MillraceError | undefined {
  if (!has(membersOf(set), id)) return notFound(id);
  const isLast = set.voters.length === 1 && has(set.voters, id);
  return isLast ? new MillraceError("INVALID_REQUEST", { nodeId: id.nodeId, reason: "it is the only voter" }) : undefined;
}

function has(members: readonly VoterId[], id: VoterId): boolean {
  return members.some((member) => isSameVoter(member, id));
}

function notFound({ nodeId, directoryId }: VoterId): MillraceError {
  return new MillraceError("VOTER_NOT_FOUND", { nodeId, directoryId });
}

function namesOf({ voters }: VoterSet): number[] {
  return voters.map(({ nodeId }) => nodeId);
}
