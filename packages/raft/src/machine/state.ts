import type { RandomStream } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import { bootstrapOffset, endOfSnapshot, type SnapshotDescription } from "../snapshot-description.ts";
import { isSameVoter, majorityOf, membersOf, voterKey, type VoterId } from "../voters.ts";
import type { RaftEffect } from "./events.ts";
import type { RaftLog } from "./log.ts";
import type { MessageBody, RaftMessage } from "./messages.ts";
import type { Progress } from "./progress.ts";
import { silenceMs } from "./timing.ts";
import type { VoterSets } from "./voter-sets.ts";

/** Consensus, as one node of the quorum sees it. Only the functions of this folder change it. */
export interface RaftState {
  readonly self: VoterId;
  readonly log: RaftLog;
  readonly sets: VoterSets;
  readonly chance: RandomStream;
  /** `prospective`: asks whether there would be votes, in the term that is (KIP-996). */
  role: "follower" | "prospective" | "candidate" | "leader";
  /** Never goes back. */
  term: number;
  /** Whom this voter gave its vote in `term`. Once given, it stays for the term. */
  vote: VoterId | undefined;
  /** Whether term and vote are durable. Until they are nothing that rests on them leaves: it is `held`. */
  isHardStateStored: boolean;
  held: RaftMessage[];
  /** Of `term`, while its connection stands and it is not silent; itself while this node leads. */
  leader: VoterId | undefined;
  /** When the leader was heard last. */
  heardMs: number;
  /** How long the leader may be silent; drawn anew for each. */
  patienceMs: number;
  /** When to stand for election, while there is no leader. */
  campaignAtMs: number;
  /** Rounds of votes that were lost since there was a leader. */
  lostRounds: number;
  /** The answers of this round. */
  grants: VoterId[];
  refusals: VoterId[];
  /** Everything below it is committed. Never goes back while this node lives. */
  committedEnd: Offset;
  /** Everything below it is committed and durable here. */
  releasedEnd: Offset;
  /** Of a follower: its log is that of the leader of `term` up to here. */
  matchedEnd: Offset;
  /** The snapshot in the store. */
  snapshot: SnapshotDescription;
  /** The snapshot that the leader sends: the chunks below `next` are durable. */
  incoming: { readonly snapshot: SnapshotDescription; next: number; isStoring: boolean } | undefined;
  leadership: Leadership | undefined;
  /** Whom messages reach, by key. */
  readonly connected: Set<string>;
  /** The time of the event that is being handled. */
  nowMs: number;
  effects: RaftEffect[];
}

/** What a leader keeps, for as long as it leads. */
export interface Leadership {
  /** Every other voter and learner, by key. */
  readonly progress: Map<string, Progress>;
  /** Where the last of the entries stands that begin this leader's term: it leads once that is committed. */
  termStart: Offset;
  /** Whether `lead` was said. */
  isTold: boolean;
  heartbeatAtMs: number;
  /** How many heartbeats there were. */
  round: number;
  /** Reads that wait for the answers of a round, and those that came since. */
  reading: { readonly round: number; readonly ids: readonly number[]; readonly end: Offset } | undefined;
  readsWaiting: number[];
  transfer: { readonly to: VoterId; readonly untilMs: number; isAsked: boolean } | undefined;
}

/** What a node knows when it starts: it follows nobody, and of what is committed it knows its snapshot. */
export interface Birth {
  readonly self: VoterId;
  readonly term: number;
  readonly vote: VoterId | undefined;
  readonly snapshot: SnapshotDescription;
  readonly log: RaftLog;
  readonly sets: VoterSets;
  /** A stream of its own: time-outs are drawn from it. */
  readonly chance: RandomStream;
}

export function started({ self, term, vote, snapshot, log, sets, chance }: Birth, nowMs: number): RaftState {
  const committedEnd = endOfSnapshot(snapshot);
  return {
    self,
    log,
    sets,
    chance,
    term,
    vote,
    snapshot,
    nowMs,
    role: "follower",
    isHardStateStored: true,
    held: [],
    leader: undefined,
    heardMs: nowMs,
    patienceMs: 0,
    campaignAtMs: nowMs + drawSilence(chance),
    lostRounds: 0,
    grants: [],
    refusals: [],
    committedEnd,
    releasedEnd: committedEnd,
    matchedEnd: committedEnd,
    incoming: undefined,
    leadership: undefined,
    connected: new Set<string>(),
    effects: [],
  };
}

export function drawSilence(chance: RandomStream): number {
  return silenceMs.first + chance.below(silenceMs.last - silenceMs.first + 1);
}

/** Whether this node counts. */
export function isVoter(state: RaftState, id: VoterId = state.self): boolean {
  return state.sets.current.voters.some((voter) => isSameVoter(voter, id));
}

/** Whether this node belongs to no quorum yet, and has heard of nothing. */
export function isEmpty({ sets, log, snapshot }: RaftState): boolean {
  return membersOf(sets.current).length === 0 && snapshot.offset === bootstrapOffset && log.end === endOfSnapshot(snapshot);
}

/** Whether this node is all there is of the quorum. */
export function isAlone(state: RaftState): boolean {
  return isVoter(state) && membersOf(state.sets.current).length === 1;
}

/** Whether more than half of the voters are among these. */
export function isMajority(state: RaftState, ids: readonly VoterId[]): boolean {
  const { voters } = state.sets.current;
  const counted = voters.filter((voter) => ids.some((id) => isSameVoter(id, voter)));
  return counted.length >= majorityOf(voters.length);
}

/** Whether a leader is there to be held on to: it was heard within the shortest silence, and its connection has not broken. */
export function knowsLeader({ role, leader, nowMs, heardMs }: RaftState): boolean {
  return role === "leader" || (leader !== undefined && nowMs - heardMs < silenceMs.first);
}

/** Whether this node may propose: it was elected, and an entry of its term is committed and durable here. */
export function leads({ leadership, releasedEnd }: RaftState): boolean {
  return leadership !== undefined && releasedEnd > leadership.termStart;
}

/** Messages that wait for the hard state are few: answers of one commit's time. More than this would be a flood, and are lost. */
const heldMax = 1000;

/** Says something in this node's term, once the term and the vote in it are durable. */
export function send(state: RaftState, to: VoterId, body: MessageBody, term: number = state.term): void {
  const message: RaftMessage = { from: state.self, to, term, ...body };
  if (state.isHardStateStored) state.effects.push({ type: "send", message });
  else if (state.held.length < heldMax) state.held.push(message);
}

/** Every other voter. */
export function otherVoters(state: RaftState): readonly VoterId[] {
  return state.sets.current.voters.filter((voter) => !isSameVoter(voter, state.self));
}

export function setLeader(state: RaftState, leader: VoterId | undefined): void {
  const before = state.leader && voterKey(state.leader);
  state.leader = leader;
  if (before !== (leader && voterKey(leader))) state.effects.push({ type: "leaderChanged", leader, term: state.term });
}

/** Begins a term, or gives a vote in it: nothing is said before that is durable. */
export function setHardState(state: RaftState, term: number, vote: VoterId | undefined): void {
  if (term !== state.term) {
    state.held = [];
    state.matchedEnd = state.committedEnd;
    state.incoming = undefined;
  }
  state.term = term;
  state.vote = vote;
  state.isHardStateStored = false;
  state.effects.push({ type: "storeHardState", term, vote });
}

/** More is committed, up to `end`. What is durable here of it may be handed over. */
export function commitTo(state: RaftState, end: Offset): void {
  state.committedEnd = Offset(Math.max(state.committedEnd, Math.min(end, state.log.end)));
  release(state);
}

export function release(state: RaftState): void {
  const end = Offset(Math.min(state.committedEnd, state.log.storedEnd));
  if (end <= state.releasedEnd) return;
  state.releasedEnd = end;
  state.effects.push({ type: "commit", end });
  if (!leads(state) || state.leadership!.isTold) return;
  state.leadership!.isTold = true;
  state.effects.push({ type: "lead", term: state.term });
}
