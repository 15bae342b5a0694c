import type { VoterId as VoterIdMessage, VoterSet as VoterSetMessage } from "@millrace/contracts/raft";
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

export function isSameVoter(a: VoterId, b: VoterId): boolean {
  return a.nodeId === b.nodeId && a.directoryId === b.directoryId;
}

export function writeVoterId({ nodeId, directoryId }: VoterId) {
  return { nodeId, directoryId: uuidToBytes(directoryId) };
}

export function readVoterId(message: VoterIdMessage | null): VoterId {
  return { nodeId: BrokerId(message?.nodeId ?? -1), directoryId: readUuid(message?.directoryId) };
}

export function writeVoters(voters: readonly Voter[]) {
  return { voters: voters.map((voter) => ({ id: writeVoterId(voter), listeners: voter.listeners })) };
}

export function readVoters(message: VoterSetMessage | null): Voter[] {
  const voters = message?.voters ?? [];
  return voters.map(({ id, listeners }) => ({
    ...readVoterId(id),
    listeners: listeners.map(({ name, host, port }) => ({ name, host, port })),
  }));
}

/** 16 bytes of a stored message. Throws DATA_DAMAGED where there are not so many. */
export function readUuid(bytes: Buffer | undefined): Uuid {
  if (bytes?.length !== 16) throw new MillraceError("DATA_DAMAGED", { uuidBytes: bytes?.length ?? 0 });
  return uuidFromBytes(bytes);
}
