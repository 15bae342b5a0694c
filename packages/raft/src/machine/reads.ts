import { assert } from "@millrace/vocabulary";
import { voterKey } from "../voters.ts";
import { heartbeat } from "./leading.ts";
import { isMajority, isVoter, leads, otherVoters, type RaftState } from "./state.ts";

/**
 * Finds out how far the log is committed at least. A leader cannot know by itself whether another one was elected meanwhile, so more
 * than half of the voters must answer a heartbeat that was sent after the question: that rests on no clock (thesis of Ongaro, 6.4).
 */
export function read(state: RaftState, id: number): void {
  assert(leads(state), "a leader is asked", { term: state.term });
  const leadership = state.leadership!;
  leadership.readsWaiting.push(id);
  if (leadership.reading === undefined) beginReading(state);
}

/** Answers of a heartbeat have come. */
export function confirmReads(state: RaftState): void {
  const { reading, progress } = state.leadership!;
  if (reading === undefined) return;
  const answered = otherVoters(state).filter((voter) => (progress.get(voterKey(voter))?.round ?? 0) >= reading.round);
  if (!isMajority(state, isVoter(state) ? [state.self, ...answered] : answered)) return;
  state.leadership!.reading = undefined;
  state.effects.push({ type: "readReady", ids: reading.ids, end: reading.end });
  if (state.leadership!.readsWaiting.length > 0) beginReading(state);
}

/** One round for all that have come since the last one. */
function beginReading(state: RaftState): void {
  const leadership = state.leadership!;
  heartbeat(state);
  leadership.reading = { round: leadership.round, ids: leadership.readsWaiting, end: state.committedEnd };
  leadership.readsWaiting = [];
  confirmReads(state);
}
