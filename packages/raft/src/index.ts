/** Agreement on one log, kept by a quorum of voters: now of one. */

// For whoever proposes and follows.
export { openQuorum } from "./open.ts";
export type { QuorumOptions } from "./open.ts";
export type { Quorum, QuorumFollower, Role } from "./quorum.ts";
export { proposalBytesMax } from "./shell.ts";
export { snapshotChunkBytesMax } from "./snapshots.ts";
export { nextTurn } from "./turn.ts";

// For `millrace format`.
export { formatQuorum } from "./format.ts";
export type { QuorumBirth } from "./format.ts";
export type { Voter, VoterId } from "./voters.ts";
