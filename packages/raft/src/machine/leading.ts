import type { LogEntry } from "../entry.ts";
import { bootstrapOffset } from "../snapshot-description.ts";
import { isSameVoter, majorityOf, membersOf, voterKey } from "../voters.ts";
import { Progress } from "./progress.ts";
import { stepDown } from "./roles.ts";
import { replicate, replicateAll } from "./sending.ts";
import { isVoter, type Leadership, otherVoters, type RaftState, send, setLeader } from "./state.ts";
import { heartbeatMs, silenceMs } from "./timing.ts";
import { expireTransfer } from "./transfer.ts";

/**
 * Entries of earlier terms are committed only together with one of the own term, so each term begins with one. Who takes part is
 * written down as well where no entry says it yet, so that every log says the same; in one message with the other, since a node that
 * had the first entry alone would know of a quorum, and not who it is.
 */
export function becomeLeader(state: RaftState): void {
  const { log, sets, snapshot } = state;
  state.role = "leader";
  state.leadership = {
    progress: new Map(),
    termStart: log.end,
    isTold: false,
    heartbeatAtMs: state.nowMs + heartbeatMs,
    round: 0,
    reading: undefined,
    readsWaiting: [],
    transfer: undefined,
  };
  setLeader(state, state.self);
  trackMembers(state);
  const isUnwritten = snapshot.offset === bootstrapOffset && sets.isOfSnapshot && membersOf(sets.current).length > 1;
  append(state, { kind: "leaderChange", leader: state.self });
  if (isUnwritten) {
    state.leadership.termStart = log.end;
    append(state, { kind: "voterSet", set: sets.current });
  }
  replicateAll(state);
}

/** Appends an entry of the own term. It counts here when it is durable, and leaves for the others at once. */
export function appendAsLeader(state: RaftState, payload: LogEntry["payload"]): void {
  append(state, payload);
  replicateAll(state);
}

function append(state: RaftState, payload: LogEntry["payload"]): void {
  const entry: LogEntry = { offset: state.log.end, term: state.term, payload };
  state.log.append(entry);
  state.effects.push({ type: "storeEntries", term: state.term, entries: [entry], truncateFrom: undefined });
  if (payload.kind === "voterSet") {
    state.sets.append(entry.offset, payload.set);
    state.effects.push({ type: "votersChanged", set: payload.set });
    trackMembers(state);
  }
}

/** Keeps account of every member of the set in force, and of nobody else. */
export function trackMembers(state: RaftState): void {
  const { progress } = state.leadership!;
  const others = membersOf(state.sets.current).filter((member) => !isSameVoter(member, state.self));
  const keys = new Set(others.map(voterKey));
  for (const key of progress.keys()) if (!keys.has(key)) progress.delete(key);
  for (const member of others)
    if (!progress.has(voterKey(member))) progress.set(voterKey(member), new Progress(member, state.leadership!.termStart, state.nowMs));
}

/** A time that was waited for has come. */
export function leaderTick(state: RaftState): void {
  const { leadership } = state;
  if (leadership === undefined || state.nowMs < wakeAsLeaderMs(leadership)) return;
  expireTransfer(state);
  if (state.nowMs < leadership.heartbeatAtMs) return;
  if (!isHeard(state)) return stepDown(state);
  heartbeat(state);
}

/** When a leader wants to be told the time; Infinity for one without anybody to lead. */
export function wakeAsLeaderMs({ progress, heartbeatAtMs, transfer }: Leadership): number {
  if (progress.size === 0) return Infinity;
  return Math.min(heartbeatAtMs, transfer?.untilMs ?? Infinity);
}

/** Says to everybody that this leader lives. */
export function heartbeat(state: RaftState): void {
  const leadership = state.leadership!;
  leadership.round++;
  leadership.heartbeatAtMs = state.nowMs + heartbeatMs;
  for (const progress of leadership.progress.values()) {
    if (progress.match >= progress.target.end) progress.target = { end: state.log.end, atMs: state.nowMs };
    sendHeartbeat(state, progress);
  }
}

function sendHeartbeat(state: RaftState, { id }: Progress): void {
  const { committedEnd, leadership } = state;
  send(state, id, { type: "heartbeat", committedEnd, round: leadership!.round });
}

/** A follower can be reached, perhaps again: what was under way to it may be lost. */
export function followerConnected(state: RaftState, key: string): void {
  const progress = state.leadership?.progress.get(key);
  if (progress === undefined) return;
  progress.probe(progress.match > 0 ? progress.match : progress.next);
  sendHeartbeat(state, progress);
  replicate(state, progress);
}

/** Whether more than half of the voters answered within the shortest silence: without them this leader leads nobody (check quorum). */
function isHeard(state: RaftState): boolean {
  const { progress } = state.leadership!;
  const since = state.nowMs - silenceMs.first;
  const heard = otherVoters(state).filter((voter) => (progress.get(voterKey(voter))?.heardMs ?? 0) >= since);
  return heard.length + Number(isVoter(state)) >= majorityOf(state.sets.current.voters.length);
}
