import { assert, Offset } from "@millrace/vocabulary";
import { endOf, type LogEntry } from "../entry.ts";
import type { MessageBody, RaftMessage } from "./messages.ts";
import { heardLeader } from "./roles.ts";
import { commitTo, type RaftState, send } from "./state.ts";

type Order<Type extends MessageBody["type"]> = RaftMessage & Extract<MessageBody, { type: Type }>;

/** Takes over what follows a point in which both logs agree, and cuts off whatever else lies there. */
export function append(state: RaftState, message: Order<"append">): void {
  const { from, prevEnd, prevTerm, entries, committedEnd } = message;
  heardLeader(state, from);
  // What is committed is in every later leader's log: there the logs agree, even where this one's is a snapshot.
  if (prevEnd > state.committedEnd && state.log.termAt(prevEnd) !== prevTerm) return refuse(state, message);
  const missing = entries.slice(firstMissing(state, entries));
  const last = entries.at(-1);
  if (missing.length > 0) takeOver(state, missing);
  const matchedEnd = last === undefined ? prevEnd : endOf(last);
  state.matchedEnd = Offset(Math.max(state.matchedEnd, matchedEnd));
  commitMatched(state, committedEnd);
  // Otherwise the answer leaves when it is durable.
  if (missing.length === 0) acknowledge(state);
}

/** Says how far this log is the leader's, and how far that is durable. */
export function acknowledge(state: RaftState): void {
  const { leader, matchedEnd, log } = state;
  if (leader === undefined) return;
  const storedEnd = Offset(Math.min(matchedEnd, log.storedEnd));
  send(state, leader, { type: "appended", matchedEnd, storedEnd });
}

export function heartbeatHeard(state: RaftState, { from, committedEnd, round }: Order<"heartbeat">): void {
  heardLeader(state, from);
  commitMatched(state, committedEnd);
  send(state, from, { type: "heard", round });
}

export function committed(state: RaftState, { from, committedEnd }: Order<"committed">): void {
  heardLeader(state, from);
  commitMatched(state, committedEnd);
}

/** The leader has committed so much; here it counts as far as this log is known to be the leader's. */
function commitMatched(state: RaftState, committedEnd: Offset): void {
  commitTo(state, Offset(Math.min(committedEnd, state.matchedEnd)));
}

function refuse(state: RaftState, { from, prevEnd, prevTerm }: Order<"append">): void {
  const { log, snapshot } = state;
  const hint = log.endOfTerm(prevTerm) ?? { term: snapshot.term, end: state.committedEnd };
  send(state, from, { type: "refused", prevEnd, hintTerm: hint.term, hintEnd: hint.end });
}

/** The first entry that this log does not hold; those that are folded into a snapshot it does. */
function firstMissing({ log, committedEnd }: RaftState, entries: readonly LogEntry[]): number {
  const index = entries.findIndex((entry) => endOf(entry) > committedEnd && log.termAt(endOf(entry)) !== entry.term);
  return index === -1 ? entries.length : index;
}

function takeOver(state: RaftState, entries: readonly LogEntry[]): void {
  const { log, sets } = state;
  const from = entries[0]!.offset;
  const isCut = from < log.end;
  if (isCut) cutOff(state, from);
  const before = sets.offset;
  for (const entry of entries) {
    log.append(entry);
    if (entry.payload.kind === "voterSet") sets.append(entry.offset, entry.payload.set);
  }
  state.effects.push({ type: "storeEntries", term: state.term, entries, truncateFrom: isCut ? from : undefined });
  if (sets.offset !== before) state.effects.push({ type: "votersChanged", set: sets.current });
}

/** Removes a tail that was never committed; with it goes what it said of who takes part. */
function cutOff(state: RaftState, from: Offset): void {
  const { log, sets } = state;
  assert(from >= state.committedEnd, "what is committed stays", { from, committedEnd: state.committedEnd });
  const before = sets.offset;
  log.truncate(from);
  sets.truncate(from);
  if (sets.offset !== before) state.effects.push({ type: "votersChanged", set: sets.current });
}
