import { decodeMessage, encodeMessage } from "@millrace/contracts";
import { PeerMessage } from "@millrace/contracts/raft";
import { MillraceError, type Uuid, uuidToBytes } from "@millrace/vocabulary";
import { isSameVoter, readUuid, readVoterId, type VoterId, writeVoterId } from "../voters.ts";

/** The forms of messages that this version knows. */
const levels = { first: 1, last: 1 } as const;

/** Who a node says it is. */
export interface Identity {
  readonly clusterId: Uuid;
  readonly self: VoterId;
  /** Names one life of its process. */
  readonly incarnation: Uuid;
}

/** The first message of each side. */
export function encodeHello({ clusterId, self, incarnation }: Identity, expected: VoterId): Buffer {
  const hello = {
    clusterId: uuidToBytes(clusterId),
    voter: writeVoterId(self),
    expected: writeVoterId(expected),
    incarnation: uuidToBytes(incarnation),
    levelFirst: levels.first,
    levelLast: levels.last,
  };
  return encodeMessage(PeerMessage, { term: 0, hello });
}

/**
 * Reads another node's hello. INVALID_REQUEST where it is none; INCONSISTENT_CLUSTER_ID; INVALID_VOTER_KEY where it wants another node,
 * or another life of this one's disk; UNSUPPORTED_VERSION where the two share no form of messages.
 */
export function readHello(bytes: Buffer, own: Identity): { readonly voter: VoterId; readonly incarnation: Uuid } {
  const { hello } = decodeMessage(PeerMessage, bytes);
  if (hello === null) throw new MillraceError("INVALID_REQUEST", { message: "PeerMessage", reason: "the first one says hello" });
  const clusterId = readUuid(hello.clusterId);
  const expected = readVoterId(hello.expected);
  const { levelFirst, levelLast } = hello;
  if (clusterId !== own.clusterId) throw new MillraceError("INCONSISTENT_CLUSTER_ID", { clusterId: own.clusterId, given: clusterId });
  if (!isSameVoter(expected, own.self)) throw new MillraceError("INVALID_VOTER_KEY", { voter: own.self, given: expected });
  if (levelFirst > levels.last || levelLast < levels.first)
    throw new MillraceError("UNSUPPORTED_VERSION", { levelFirst, levelLast, known: levels });
  return { voter: readVoterId(hello.voter), incarnation: readUuid(hello.incarnation) };
}
