import type { Offset } from "@millrace/vocabulary";
import type { LogEntry } from "../entry.ts";
import type { SnapshotDescription } from "../snapshot-description.ts";
import type { Voter, VoterId, VoterSet } from "../voters.ts";
import type { RaftMessage } from "./messages.ts";

/** What a voter is told. Completions carry the term in which they were asked for. */
export type RaftEvent =
  /** Everything is read; a voter that is alone begins a term. */
  | { readonly type: "start" }
  /** This node's snapshot, that of its birth, says now who takes part: it belongs to a quorum. */
  | { readonly type: "born"; readonly snapshot: SnapshotDescription }
  /** The time that `wakeAtMs` named has come. */
  | { readonly type: "tick" }
  | { readonly type: "receive"; readonly message: RaftMessage }
  /** Messages to and from this node can pass; or cannot any more. */
  | { readonly type: "connected" | "disconnected"; readonly peer: VoterId }
  | { readonly type: "hardStateStored"; readonly term: number; readonly vote: VoterId | undefined }
  | { readonly type: "entriesStored"; readonly term: number; readonly end: Offset }
  /** The chunk is durable, and with the last one all of them are what the snapshot says; or not, where `isSound` is false. */
  | { readonly type: "chunkStored"; readonly term: number; readonly offset: Offset; readonly index: number; readonly isSound: boolean }
  /** This node's own state is stored as a snapshot. */
  | { readonly type: "snapshotTaken"; readonly snapshot: SnapshotDescription }
  /** Only while this node leads, and hands its term over to nobody. */
  | { readonly type: "propose"; readonly records: readonly Uint8Array[] }
  /** Only where `voterChangeFault` finds none. */
  | { readonly type: "changeVoters"; readonly change: VoterChange }
  /** Only while this node leads: `readReady` follows when it is certain that it led when this was asked. */
  | { readonly type: "read"; readonly id: number }
  /** Only while this node leads, to another voter. */
  | { readonly type: "transfer"; readonly to: VoterId };

/** One change of who takes part. A new node learns first, and counts when it has caught up. */
export type VoterChange =
  | { readonly type: "addLearner"; readonly voter: Voter }
  | { readonly type: "promote"; readonly id: VoterId }
  | { readonly type: "remove"; readonly id: VoterId };

/** What the shell does, in this order. What is stored is stored in order, and one thing after the other. */
export type RaftEffect =
  /** Make term and vote durable; answer `hardStateStored`. */
  | { readonly type: "storeHardState"; readonly term: number; readonly vote: VoterId | undefined }
  /** Make the entries durable, and remove whatever lies at or past `truncateFrom`; answer `entriesStored`. */
  | {
      readonly type: "storeEntries";
      readonly term: number;
      readonly entries: readonly LogEntry[];
      readonly truncateFrom: Offset | undefined;
    }
  /** Make the chunk durable; answer `chunkStored`. */
  | {
      readonly type: "storeChunk";
      readonly term: number;
      readonly snapshot: SnapshotDescription;
      readonly index: number;
      readonly bytes: Buffer | undefined;
    }
  /** Let the snapshot, whose chunks are durable, take the place of the log, and begin anew from it; answer `entriesStored`. */
  | { readonly type: "installSnapshot"; readonly term: number; readonly snapshot: SnapshotDescription }
  | { readonly type: "send"; readonly message: RaftMessage }
  /** Everything below `end` is committed, and durable here. */
  | { readonly type: "commit"; readonly end: Offset }
  /** This node leads, once everything committed has been handed over. */
  | { readonly type: "lead"; readonly term: number }
  /** This node leads no longer, or did not come to it. */
  | { readonly type: "resign"; readonly term: number }
  | { readonly type: "leaderChanged"; readonly leader: VoterId | undefined; readonly term: number }
  | { readonly type: "votersChanged"; readonly set: VoterSet }
  /** A learner has what the leader had one heartbeat ago. */
  | { readonly type: "caughtUp"; readonly learner: VoterId }
  /** Everything that was committed when these reads were asked for lies below `end`. */
  | { readonly type: "readReady"; readonly ids: readonly number[]; readonly end: Offset }
  /** The other side did not take over in time: this node goes on. */
  | { readonly type: "transferFailed" };
