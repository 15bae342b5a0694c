/** Agreement on one log, kept by a quorum of voters. */

// For whoever proposes and follows.
export { openQuorum } from "./open.ts";
export type { QuorumNetwork, QuorumOptions } from "./open.ts";
export type {
  MemberDescription,
  NodeIdentity,
  Quorum,
  QuorumDescription,
  QuorumFollower,
  QuorumLeader,
  RecordLevels,
  Role,
} from "./quorum.ts";
export { proposalBytesMax } from "./shell.ts";
export { snapshotChunkBytesMax } from "./snapshots.ts";
export { nextTurn } from "./turn.ts";

// For `millrace format`.
export { formatQuorum } from "./format.ts";
export type { QuorumBirth } from "./format.ts";
export type { StaticVoter, Voter, VoterId } from "./voters.ts";
