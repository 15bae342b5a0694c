import { assert } from "@millrace/vocabulary";
import { isSameVoter, type VoterId } from "../voters.ts";
import { drawSilence, type RaftState, setHardState, setLeader } from "./state.ts";
import { silenceMs } from "./timing.ts";

/** Follows in a term: at first nobody, until the leader of the term is heard. */
export function becomeFollower(state: RaftState, term: number): void {
  if (state.role === "leader") resign(state);
  if (term > state.term) {
    setLeader(state, undefined);
    setHardState(state, term, undefined);
  }
  state.role = "follower";
  state.campaignAtMs = state.nowMs + drawSilence(state.chance);
}

/** The leader of this term is heard. */
export function heardLeader(state: RaftState, leader: VoterId): void {
  assert(state.role !== "leader", "a term has one leader", { term: state.term, leader });
  if (state.role !== "follower") becomeFollower(state, state.term);
  if (state.leader === undefined || !isSameVoter(state.leader, leader)) {
    setLeader(state, leader);
    state.patienceMs = drawSilence(state.chance);
  }
  state.heardMs = state.nowMs;
  state.lostRounds = 0;
}

/** Leads no longer: in a later term, or because nobody answers. */
export function resign(state: RaftState): void {
  state.leadership = undefined;
  state.effects.push({ type: "resign", term: state.term });
  setLeader(state, undefined);
}

/** In its own term still, but no longer its leader. */
export function stepDown(state: RaftState): void {
  resign(state);
  state.role = "follower";
  state.campaignAtMs = state.nowMs + silenceMs.last;
}
