import type { Voter as VoterMessage, VoterId as VoterIdMessage, VoterSet as VoterSetMessage } from "@millrace/contracts/raft";
import { BrokerId, type Endpoint, MillraceError, type Uuid, uuidFromBytes, uuidToBytes } from "@millrace/vocabulary";

/** A voter is its node and its disk: one whose disk was wiped is another (KIP-853). */
export interface VoterId {
  readonly nodeId: BrokerId;
  readonly directoryId: Uuid;
}

/** A voter, and where the others reach it. */
export interface Voter extends VoterId {
  readonly listeners: readonly Endpoint[];
}

/** A voter as configuration names it: which directory it has is not known yet. */
export type StaticVoter = Omit<Voter, "directoryId">;

/** Who takes part: voters count, learners follow the log and do not. A learner becomes a voter when it has caught up (KIP-853). */
export interface VoterSet {
  readonly voters: readonly Voter[];
  readonly learners: readonly Voter[];
}

/** Who a node that belongs to no quorum yet follows. */
export const nobody: VoterSet = { voters: [], learners: [] };

/** Voters and learners. */
export function membersOf({ voters, learners }: VoterSet): readonly Voter[] {
  return [...voters, ...learners];
}

/** How many of so many voters are more than half. */
export function majorityOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** A voter as a key of a map, and in a log line. */
export function voterKey({ nodeId, directoryId }: VoterId): string {
  return `${nodeId}@${directoryId}`;
}

export function isSameVoter(a: VoterId, b: VoterId): boolean {
  return a.nodeId === b.nodeId && a.directoryId === b.directoryId;
}

export function writeVoterId({ nodeId, directoryId }: VoterId) {
  return { nodeId, directoryId: uuidToBytes(directoryId) };
}

export function readVoterId(message: VoterIdMessage | null): VoterId {
  return { nodeId: BrokerId(message?.nodeId ?? -1), directoryId: readUuid(message?.directoryId) };
}

export function writeVoterSet({ voters, learners }: VoterSet) {
  return { voters: voters.map(writeVoter), learners: learners.map(writeVoter) };
}

export function readVoterSet(message: VoterSetMessage | null): VoterSet {
  return { voters: (message?.voters ?? []).map(readVoter), learners: (message?.learners ?? []).map(readVoter) };
}

function writeVoter(voter: Voter) {
  return { id: writeVoterId(voter), listeners: voter.listeners };
}

function readVoter({ id, listeners }: VoterMessage): Voter {
  return { ...readVoterId(id), listeners: listeners.map(({ name, host, port }) => ({ name, host, port })) };
}

/** 16 bytes of a stored message. Throws DATA_DAMAGED where there are not so many. */
export function readUuid(bytes: Buffer | undefined): Uuid {
  if (bytes?.length !== 16) throw new MillraceError("DATA_DAMAGED", { uuidBytes: bytes?.length ?? 0 });
  return uuidFromBytes(bytes);
}
