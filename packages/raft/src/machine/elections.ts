import { isSameVoter, type VoterId, voterKey } from "../voters.ts";
import { becomeLeader } from "./leading.ts";
import type { MessageBody, RaftMessage } from "./messages.ts";
import {
  drawSilence,
  isAlone,
  isMajority,
  isVoter,
  knowsLeader,
  otherVoters,
  type RaftState,
  send,
  setHardState,
  setLeader,
} from "./state.ts";
import { becomeFollower } from "./roles.ts";
import { brokenConnectionMsMax, giveWayMs, lostRoundMs, roundMs, silenceMs } from "./timing.ts";

type VoteRequest = RaftMessage & Extract<MessageBody, { type: "vote" }>;
type VoteAnswer = RaftMessage & Extract<MessageBody, { type: "voted" }>;

/** When this node stands for election unless something happens; Infinity for one that may not, or leads. */
export function campaignAtMs(state: RaftState): number {
  if (state.role === "leader" || !mayStand(state)) return Infinity;
  return state.leader === undefined ? state.campaignAtMs : state.heardMs + state.patienceMs;
}

/**
 * Whoever counts may stand; and so may whoever was taken out, until that is committed: it may be the only one that has enough of the
 * log to have it committed (Ongaro, 4.2.2).
 */
function mayStand(state: RaftState): boolean {
  const { current, former, offset } = state.sets;
  const wasVoter = former.voters.some((voter) => isSameVoter(voter, state.self));
  return isVoter(state) || (offset >= state.committedEnd && wasVoter && current.voters.length > 0);
}

/**
 * Stands for election: asks the others first whether they would vote for this node, so that one that cannot win disturbs nobody
 * (KIP-996). One that is alone need not ask.
 */
export function campaign(state: RaftState): void {
  setLeader(state, undefined);
  if (isAlone(state)) return stand(state, false);
  state.role = "prospective";
  beginRound(state);
  state.grants.push(state.self);
  const vote = { type: "vote", preVote: true, isTransfer: false, lastTerm: state.log.lastTerm, logEnd: state.log.end } as const;
  for (const voter of otherVoters(state)) send(state, voter, vote, state.term + 1);
  countGrants(state);
}

/** Begins a term with a vote for itself, which counts, and is told to the others, once it is durable. */
export function stand(state: RaftState, isTransfer: boolean): void {
  setLeader(state, undefined);
  state.role = "candidate";
  setHardState(state, state.term + 1, state.self);
  beginRound(state);
  const vote = { type: "vote", preVote: false, isTransfer, lastTerm: state.log.lastTerm, logEnd: state.log.end } as const;
  for (const voter of otherVoters(state)) send(state, voter, vote);
}

/** The leader wants this voter to stand. */
export function campaignNow(state: RaftState): void {
  if (state.role !== "leader" && isVoter(state)) stand(state, true);
}

/** Term and vote are durable: what was held leaves, and a candidate's own vote counts. */
export function hardStateStored(state: RaftState, term: number, vote: VoterId | undefined): void {
  if (state.isHardStateStored || term !== state.term || !isSameVote(vote, state.vote)) return;
  state.isHardStateStored = true;
  for (const message of state.held) state.effects.push({ type: "send", message });
  state.held = [];
  if (state.role !== "candidate") return;
  state.grants.push(state.self);
  countGrants(state);
}

export function voteAsked(state: RaftState, message: VoteRequest): void {
  const { from, term, preVote, isTransfer } = message;
  if (preVote) {
    const granted = term > state.term && isUpToDate(state, message) && !knowsLeader(state);
    if (granted) giveWay(state, message);
    return send(state, from, { type: "voted", preVote, granted }, granted ? term : state.term);
  }
  // Whoever has a leader does not leave it for one who was cut off from it, not even its term.
  if (term > state.term && knowsLeader(state) && !isTransfer) return;
  if (term > state.term) becomeFollower(state, term);
  const granted = term === state.term && mayVoteFor(state, from) && isUpToDate(state, message);
  if (granted) voteFor(state, from);
  send(state, from, { type: "voted", preVote, granted });
}

export function voted(state: RaftState, { from, term, preVote, granted }: VoteAnswer): void {
  if (term > state.term && !(preVote && granted)) return becomeFollower(state, term);
  if (!isOfRound(state, preVote, granted, term)) return;
  (granted ? state.grants : state.refusals).push(from);
  if (granted) countGrants(state);
  else endLostRound(state);
}

/** Whoever refuses a pre-vote says so in a term of its own, which may be an earlier one. */
function isOfRound({ role, term }: RaftState, preVote: boolean, granted: boolean, answered: number): boolean {
  if (!preVote) return role === "candidate" && answered === term;
  return role === "prospective" && (granted ? answered === term + 1 : answered <= term);
}

/** A round that nobody can win for this node any more ends at once: the others that could vote have refused, or are not reached. */
export function endLostRound(state: RaftState): void {
  const isAsking = state.role === "prospective" || state.role === "candidate";
  if (isAsking && isLost(state)) tryAgainLater(state);
}

/** The leader cannot be reached any more: it is forgotten, so that others may have this node's vote at once, and one stands soon. */
export function lostLeader(state: RaftState): void {
  setLeader(state, undefined);
  state.lostRounds = 0;
  campaignSoon(state);
}

/** Without a leader, once it can be that a majority answers, there is nothing to wait for. */
export function reached(state: RaftState): void {
  if (state.leader !== undefined || state.role === "leader" || state.role === "candidate") return;
  const reachable = [state.self, ...otherVoters(state).filter((voter) => state.connected.has(voterKey(voter)))];
  if (isMajority(state, reachable) && !isMajority(state, reachable.slice(0, -1))) campaignSoon(state);
}

function campaignSoon(state: RaftState): void {
  state.campaignAtMs = Math.min(state.campaignAtMs, state.nowMs + state.chance.below(brokenConnectionMsMax + 1));
}

function beginRound(state: RaftState): void {
  state.grants = [];
  state.refusals = [];
  state.campaignAtMs = state.nowMs + roundMs + state.chance.below(roundMs + 1);
}

function countGrants(state: RaftState): void {
  if (!isMajority(state, state.grants)) return;
  if (state.role === "prospective") stand(state, false);
  else becomeLeader(state);
}

/** Whether even the voters that may still answer could not make it a majority: what was sent to one that is not reached is lost. */
function isLost(state: RaftState): boolean {
  const isIn = (ids: readonly VoterId[], voter: VoterId) => ids.some((id) => isSameVoter(id, voter));
  const mayAnswer = (voter: VoterId) => state.connected.has(voterKey(voter)) && !isIn(state.refusals, voter);
  const possible = state.sets.current.voters.filter(
    (voter) => isSameVoter(voter, state.self) || isIn(state.grants, voter) || mayAnswer(voter),
  );
  return !isMajority(state, possible);
}

/**
 * Lets the one that asks stand alone: votes that are split cost everybody a round. Of two that ask each other at the same moment one goes
 * on, the one with more in its log, or else the one whose key comes first; both see the same order. Who stands already goes on.
 */
function giveWay(state: RaftState, { from, lastTerm, logEnd }: VoteRequest): void {
  const { role, log } = state;
  const isLevel = lastTerm === log.lastTerm && logEnd === log.end;
  if (role === "candidate" || (role === "prospective" && isLevel && voterKey(state.self) < voterKey(from))) return;
  state.role = "follower";
  state.campaignAtMs = Math.max(state.campaignAtMs, state.nowMs + giveWayMs + state.chance.below(giveWayMs + 1));
}

function tryAgainLater(state: RaftState): void {
  const withinMs = Math.min(lostRoundMs * 2 ** state.lostRounds, silenceMs.last);
  state.lostRounds++;
  state.role = "follower";
  state.campaignAtMs = state.nowMs + 1 + state.chance.below(withinMs);
}

function voteFor(state: RaftState, candidate: VoterId): void {
  if (!isSameVote(state.vote, candidate)) setHardState(state, state.term, candidate);
  state.role = "follower";
  state.campaignAtMs = state.nowMs + drawSilence(state.chance);
}

/** A vote is given once in a term, and nobody votes against a leader that was elected in it. */
function mayVoteFor(state: RaftState, candidate: VoterId): boolean {
  return state.vote === undefined ? state.leader === undefined : isSameVoter(state.vote, candidate);
}

/** Whether the candidate's log holds all that this one could have helped to commit. */
function isUpToDate({ log }: RaftState, { lastTerm, logEnd }: VoteRequest): boolean {
  return lastTerm > log.lastTerm || (lastTerm === log.lastTerm && logEnd >= log.end);
}

function isSameVote(a: VoterId | undefined, b: VoterId | undefined): boolean {
  return a === undefined || b === undefined ? a === b : isSameVoter(a, b);
}
