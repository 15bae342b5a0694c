import { Offset } from "@millrace/vocabulary";
import { isSameVoter, majorityOf, voterKey } from "../voters.ts";
import { stepDown } from "./roles.ts";
import { commitTo, isVoter, type RaftState, send } from "./state.ts";

/**
 * Commits what more than half of the voters have durably, this one like any other, where that reaches into the own term: an entry of
 * an earlier term may be overwritten however many have it (figure 8 of the Raft paper).
 */
export function advance(state: RaftState): void {
  const leadership = state.leadership!;
  const end = endOfMajority(state);
  if (end <= leadership.termStart || end <= state.committedEnd) return;
  commitTo(state, end);
  for (const { id } of leadership.progress.values()) send(state, id, { type: "committed", committedEnd: state.committedEnd });
  if (!isVoter(state) && state.sets.offset < state.committedEnd) leave(state);
}

/** What the slowest of the fastest majority has. */
function endOfMajority({ self, sets, log, leadership }: RaftState): Offset {
  const { voters } = sets.current;
  const ends = voters.map((voter) => (isSameVoter(voter, self) ? log.storedEnd : (leadership!.progress.get(voterKey(voter))?.match ?? 0)));
  return Offset(ends.sort((a, b) => b - a)[majorityOf(voters.length) - 1] ?? 0);
}

/** A leader that takes part no longer has led until that was committed. The one that has most may stand at once. */
function leave(state: RaftState): void {
  const followers = [...state.leadership!.progress.values()].filter(({ id }) => isVoter(state, id));
  const [next] = followers.sort((a, b) => b.match - a.match);
  if (next !== undefined) send(state, next.id, { type: "campaignNow" });
  stepDown(state);
}
