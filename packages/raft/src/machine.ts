import { assert, Offset } from "@millrace/vocabulary";
import { endOf, type LogEntry } from "./entry.ts";
import { isSameVoter, type VoterId } from "./voters.ts";

/**
 * Consensus, as one voter sees it: it takes a state and an event, and says what happens next. It stores nothing and sends
 * nothing; a shell carries out what it says, and tells it when that is durable. Now the quorum is this one voter; the rules
 * are those of any size.
 */
export interface RaftState {
  readonly self: VoterId;
  /** Who counts. */
  readonly voters: readonly VoterId[];
  role: "follower" | "candidate" | "leader";
  /** Never goes back. */
  term: number;
  /** Whom this voter gave its vote in `term`. Once given, it stays for the term. */
  vote: VoterId | undefined;
  /** Who gave this candidate their vote, durably. */
  grants: VoterId[];
  /** The offset after the last entry, stored or about to be. */
  logEnd: Offset;
  /** Everything below it is durable here. At most `logEnd`. */
  storedEnd: Offset;
  /** Where the entries of this leader's own term begin. */
  termStart: Offset;
  /** Everything below it is committed. Never goes back. */
  committedEnd: Offset;
}

export type RaftEvent =
  /** No leader has been heard of for too long. */
  | { readonly type: "campaign" }
  | { readonly type: "hardStateStored"; readonly term: number; readonly vote: VoterId | undefined }
  | { readonly type: "entriesStored"; readonly term: number; readonly end: Offset }
  /** Only while this node leads. */
  | { readonly type: "propose"; readonly records: readonly Uint8Array[] };

export type RaftEffect =
  /** Make term and vote durable; answer `hardStateStored`. */
  | { readonly type: "storeHardState"; readonly term: number; readonly vote: VoterId | undefined }
  /** Make the entry durable after those before it; answer `entriesStored`. Several may be stored at once. */
  | { readonly type: "storeEntry"; readonly entry: LogEntry }
  /** Everything below `end` may be handed over. */
  | { readonly type: "commit"; readonly end: Offset }
  /** This node leads, once everything committed has been handed over. */
  | { readonly type: "lead"; readonly term: number };

/** A voter that starts: a follower in the term it knows, with nothing known to be committed beyond its snapshot. */
export function started(
  self: VoterId,
  voters: readonly VoterId[],
  stored: { term: number; vote: VoterId | undefined; snapshotEnd: Offset; logEnd: Offset },
): RaftState {
  const { term, vote, snapshotEnd, logEnd } = stored;
  assert(voters.length === 1 && isSameVoter(voters[0]!, self), "the quorum is this voter alone", { self, voters });
  const position = { logEnd, storedEnd: logEnd, termStart: logEnd, committedEnd: snapshotEnd };
  return { self, voters, role: "follower", term, vote, grants: [], ...position };
}

/** What happens next. Changes `state`. */
export function step(state: RaftState, event: RaftEvent): RaftEffect[] {
  switch (event.type) {
    case "campaign":
      return campaign(state);
    case "hardStateStored":
      return hardStateStored(state, event);
    case "entriesStored":
      return entriesStored(state, event);
    case "propose":
      return propose(state, event.records);
  }
}

/** Begins a term with a vote for itself, which counts once it is durable. */
function campaign(state: RaftState): RaftEffect[] {
  assert(state.role !== "leader", "a leader does not campaign", { term: state.term });
  state.role = "candidate";
  state.term++;
  state.vote = state.self;
  state.grants = [];
  return [{ type: "storeHardState", term: state.term, vote: state.vote }];
}

function hardStateStored(state: RaftState, stored: { term: number; vote: VoterId | undefined }): RaftEffect[] {
  if (state.role !== "candidate" || stored.term !== state.term) return [];
  assert(stored.vote !== undefined && isSameVoter(stored.vote, state.self), "a candidate votes for itself", { term: state.term });
  state.grants.push(state.self);
  return state.grants.length >= majority(state.voters) ? becomeLeader(state) : [];
}

/** Entries of earlier terms are committed only together with one of the own term, so each term begins with one. */
function becomeLeader(state: RaftState): RaftEffect[] {
  state.role = "leader";
  state.termStart = state.logEnd;
  return [append(state, { kind: "leaderChange", leader: state.self })];
}

function propose(state: RaftState, records: readonly Uint8Array[]): RaftEffect[] {
  assert(leads(state), "only a leader appends", { term: state.term, role: state.role });
  return [append(state, { kind: "records", records })];
}

function append(state: RaftState, payload: LogEntry["payload"]): RaftEffect {
  const entry = { offset: state.logEnd, term: state.term, payload };
  state.logEnd = endOf(entry);
  return { type: "storeEntry", entry };
}

function entriesStored(state: RaftState, { term, end }: { term: number; end: Offset }): RaftEffect[] {
  // Written for a term that is over: the entries at these offsets may be others by now.
  if (term !== state.term) return [];
  assert(end <= state.logEnd && end >= state.storedEnd, "entries are stored in their order", { end, logEnd: state.logEnd });
  state.storedEnd = end;
  return state.role === "leader" ? advance(state) : [];
}

/** Commits what a majority has stored, which is this voter, where that reaches into the own term. */
function advance(state: RaftState): RaftEffect[] {
  const began = leads(state);
  if (state.storedEnd <= state.termStart || state.storedEnd === state.committedEnd) return [];
  state.committedEnd = state.storedEnd;
  const commit: RaftEffect = { type: "commit", end: state.committedEnd };
  return began ? [commit] : [commit, { type: "lead", term: state.term }];
}

/** Whether this node may propose: it was elected, and an entry of its term is committed. */
export function leads(state: RaftState): boolean {
  return state.role === "leader" && state.committedEnd > state.termStart;
}

function majority(voters: readonly VoterId[]): number {
  return Math.floor(voters.length / 2) + 1;
}
