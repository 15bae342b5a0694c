import { Offset } from "@millrace/vocabulary";
import { endOfSnapshot, type SnapshotDescription } from "../snapshot-description.ts";
import { acknowledge } from "./following.ts";
import type { MessageBody, RaftMessage } from "./messages.ts";
import { heardLeader } from "./roles.ts";
import { commitTo, type RaftState, send } from "./state.ts";

type ChunkMessage = RaftMessage & Extract<MessageBody, { type: "chunk" }>;

/** This node's own state is a snapshot now, and the log begins after it. */
export function snapshotTaken(state: RaftState, snapshot: SnapshotDescription): void {
  if (snapshot.offset <= state.snapshot.offset) return;
  state.snapshot = snapshot;
  state.log.compact(endOfSnapshot(snapshot));
  state.sets.compact(snapshot.offset);
}

/** Takes the chunks in their order; what this log holds already it does not need as a snapshot. */
export function chunkReceived(state: RaftState, message: ChunkMessage): void {
  const { from, snapshot, index, bytes } = message;
  heardLeader(state, from);
  if (isHeld(state, snapshot)) return acknowledgeSnapshot(state, snapshot);
  if (state.incoming?.snapshot.offset !== snapshot.offset) state.incoming = { snapshot, next: 0, isStoring: false };
  const { incoming } = state;
  if (incoming.isStoring) return;
  if (index !== incoming.next) return send(state, from, { type: "chunkStored", offset: snapshot.offset, next: incoming.next });
  if (snapshot.chunks === 0) return install(state, snapshot);
  incoming.isStoring = true;
  state.effects.push({ type: "storeChunk", term: state.term, snapshot, index, bytes });
}

export function chunkStored(state: RaftState, stored: { term: number; offset: Offset; index: number; isSound: boolean }): void {
  const { incoming, leader } = state;
  if (stored.term !== state.term || leader === undefined) return;
  if (incoming?.snapshot.offset !== stored.offset || incoming.next !== stored.index) return;
  incoming.isStoring = false;
  incoming.next = stored.isSound ? stored.index + 1 : 0;
  if (incoming.next === incoming.snapshot.chunks) install(state, incoming.snapshot);
  else send(state, leader, { type: "chunkStored", offset: stored.offset, next: incoming.next });
}

/** The snapshot takes the place of the log. What lies past it here was never committed: it does not contain the snapshot's last entry. */
function install(state: RaftState, snapshot: SnapshotDescription): void {
  const end = endOfSnapshot(snapshot);
  state.incoming = undefined;
  state.snapshot = snapshot;
  state.log.reset(end, snapshot.term, state.committedEnd);
  state.sets.reset(snapshot.offset, snapshot.set);
  state.committedEnd = end;
  state.matchedEnd = end;
  state.effects.push({ type: "installSnapshot", term: state.term, snapshot }, { type: "votersChanged", set: snapshot.set });
}

function isHeld({ committedEnd, log }: RaftState, snapshot: SnapshotDescription): boolean {
  const end = endOfSnapshot(snapshot);
  return end <= committedEnd || log.termAt(end) === snapshot.term;
}

function acknowledgeSnapshot(state: RaftState, snapshot: SnapshotDescription): void {
  const end = endOfSnapshot(snapshot);
  state.matchedEnd = Offset(Math.max(state.matchedEnd, end));
  commitTo(state, end);
  acknowledge(state);
}
