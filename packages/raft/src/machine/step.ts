import { assert } from "@millrace/vocabulary";
import type { SnapshotDescription } from "../snapshot-description.ts";
import { isSameVoter, voterKey, type VoterId } from "../voters.ts";
import { advance } from "./commit.ts";
import { campaign, campaignAtMs, campaignNow, endLostRound, hardStateStored, lostLeader, reached, voteAsked, voted } from "./elections.ts";
import type { RaftEffect, RaftEvent } from "./events.ts";
import { acknowledge, append, committed, heartbeatHeard } from "./following.ts";
import { appendAsLeader, followerConnected, leaderTick, wakeAsLeaderMs } from "./leading.ts";
import { changeVoters } from "./membership.ts";
import type { RaftMessage } from "./messages.ts";
import { read } from "./reads.ts";
import { becomeFollower } from "./roles.ts";
import { appended, chunkAnswered, heard, refused } from "./answers.ts";
import { chunkReceived, chunkStored, snapshotTaken } from "./snapshots.ts";
import { isAlone, isEmpty, leads, type RaftState, release, send } from "./state.ts";
import { transfer } from "./transfer.ts";

/** What happens next. Changes `state`. `nowMs` never goes back. */
export function step(state: RaftState, event: RaftEvent, nowMs: number): RaftEffect[] {
  state.nowMs = nowMs;
  handle(state, event);
  const { effects } = state;
  state.effects = [];
  return effects;
}

/** When a `tick` is due; Infinity: only events change anything. */
export function wakeAtMs(state: RaftState): number {
  return state.leadership === undefined ? campaignAtMs(state) : wakeAsLeaderMs(state.leadership);
}

function handle(state: RaftState, event: RaftEvent): void {
  switch (event.type) {
    case "start":
      return isAlone(state) ? campaign(state) : undefined;
    case "born":
      return born(state, event.snapshot);
    case "tick":
      return tick(state);
    case "receive":
      return receive(state, event.message);
    case "connected":
      return connected(state, event.peer);
    case "disconnected":
      return disconnected(state, event.peer);
    case "hardStateStored":
      return hardStateStored(state, event.term, event.vote);
    case "entriesStored":
      return entriesStored(state, event);
    case "chunkStored":
      return chunkStored(state, event);
    case "snapshotTaken":
      return snapshotTaken(state, event.snapshot);
    case "propose":
      return propose(state, event.records);
    case "changeVoters":
      return changeVoters(state, event.change);
    case "read":
      return read(state, event.id);
    case "transfer":
      return transfer(state, event.to);
  }
}

function born(state: RaftState, snapshot: SnapshotDescription): void {
  assert(isEmpty(state), "a node is born once", { offset: state.snapshot.offset });
  state.snapshot = snapshot;
  state.sets.reset(snapshot.offset, snapshot.set);
  state.effects.push({ type: "votersChanged", set: snapshot.set });
  reached(state);
}

function tick(state: RaftState): void {
  if (state.leadership !== undefined) leaderTick(state);
  else if (state.nowMs >= campaignAtMs(state)) campaign(state);
}

function connected(state: RaftState, peer: VoterId): void {
  state.connected.add(voterKey(peer));
  if (state.leadership !== undefined) followerConnected(state, voterKey(peer));
  else reached(state);
}

function disconnected(state: RaftState, peer: VoterId): void {
  state.connected.delete(voterKey(peer));
  if (state.leader !== undefined && isSameVoter(state.leader, peer)) lostLeader(state);
  else endLostRound(state);
}

function propose(state: RaftState, records: readonly Uint8Array[]): void {
  assert(leads(state) && state.leadership!.transfer === undefined, "only a leader appends", { term: state.term, role: state.role });
  appendAsLeader(state, { kind: "records", records });
}

/** What was written for a term that is over says nothing: others may lie at these offsets by now. */
function entriesStored(state: RaftState, { term, end }: Extract<RaftEvent, { type: "entriesStored" }>): void {
  if (term !== state.term) return;
  state.log.stored(end);
  release(state);
  if (state.leadership !== undefined) advance(state);
  else acknowledge(state);
}

function receive(state: RaftState, message: RaftMessage): void {
  if (!isSameVoter(message.to, state.self)) return;
  // These two may speak of a term that is not there yet.
  if (message.type === "vote") return voteAsked(state, message);
  if (message.type === "voted") return voted(state, message);
  if (message.term > state.term) becomeFollower(state, message.term);
  if (message.term === state.term) return receiveInTerm(state, message);
  // Whoever leads an earlier term learns that it is over.
  if (isOfLeader(message)) send(state, message.from, { type: "heard", round: 0 });
}

function isOfLeader({ type }: RaftMessage): boolean {
  return type === "append" || type === "heartbeat" || type === "chunk";
}

function receiveInTerm(state: RaftState, message: Exclude<RaftMessage, { type: "vote" | "voted" }>): void {
  switch (message.type) {
    case "append":
      return append(state, message);
    case "heartbeat":
      return heartbeatHeard(state, message);
    case "committed":
      return committed(state, message);
    case "chunk":
      return chunkReceived(state, message);
    case "campaignNow":
      return campaignNow(state);
    default:
      return receiveAnswer(state, message);
  }
}

function receiveAnswer(state: RaftState, message: Extract<RaftMessage, { type: "appended" | "refused" | "heard" | "chunkStored" }>): void {
  switch (message.type) {
    case "appended":
      return appended(state, message);
    case "refused":
      return refused(state, message);
    case "heard":
      return heard(state, message);
    case "chunkStored":
      return chunkAnswered(state, message);
  }
}
