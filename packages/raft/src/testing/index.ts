/** What tests of the quorum, and of what follows it, need. */

export { MemoryKv } from "./memory-kv.ts";
export { watchedQuorum } from "./watched-quorum.ts";

// For whoever checks whole quorums: what is inside of a node, and what its store holds.
export { raftStateOf } from "./raft-state.ts";
export type { RaftState } from "../machine/state.ts";
export { readStoredChange } from "./stored-change.ts";
export type { StoredChange } from "./stored-change.ts";
export { endOf } from "../entry.ts";
export type { LogEntry } from "../entry.ts";
export { endOfSnapshot } from "../snapshot-description.ts";
export type { SnapshotDescription } from "../snapshot-description.ts";
export { isSameVoter, majorityOf, membersOf, voterKey } from "../voters.ts";
export type { VoterSet } from "../voters.ts";
