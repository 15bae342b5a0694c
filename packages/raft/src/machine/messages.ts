import type { Offset } from "@millrace/vocabulary";
import type { LogEntry } from "../entry.ts";
import type { SnapshotDescription } from "../snapshot-description.ts";
import type { VoterId } from "../voters.ts";

/** What one node of the quorum says to another. `term` is the sender's, unless the message says otherwise. */
export type RaftMessage = { readonly from: VoterId; readonly to: VoterId; readonly term: number } & MessageBody;

export type MessageBody =
  /** Asks for a vote in `term`; a pre-vote asks whether there would be one, and its term is the next one (KIP-996). */
  | {
      readonly type: "vote";
      readonly preVote: boolean;
      /** The leader itself hands its term over: nobody holds on to it. */
      readonly isTransfer: boolean;
      readonly lastTerm: number;
      readonly logEnd: Offset;
    }
  /** A granted pre-vote carries the term that was asked about. */
  | { readonly type: "voted"; readonly preVote: boolean; readonly granted: boolean }
  /** Entries that follow `prevEnd`, where the entry that ends there is of `prevTerm`. */
  | {
      readonly type: "append";
      readonly prevEnd: Offset;
      readonly prevTerm: number;
      readonly entries: readonly LogEntry[];
      readonly committedEnd: Offset;
    }
  /** The follower's log is the leader's up to `matchedEnd`, and durable up to `storedEnd`, which is no higher. */
  | { readonly type: "appended"; readonly matchedEnd: Offset; readonly storedEnd: Offset }
  /** Nothing of the follower's ends at `prevEnd` with that term; its entries of terms up to it end at `hintEnd`, the last of `hintTerm`. */
  | { readonly type: "refused"; readonly prevEnd: Offset; readonly hintTerm: number; readonly hintEnd: Offset }
  /** The leader lives. `round` counts its heartbeats. */
  | { readonly type: "heartbeat"; readonly committedEnd: Offset; readonly round: number }
  | { readonly type: "heard"; readonly round: number }
  /** Needs no answer. */
  | { readonly type: "committed"; readonly committedEnd: Offset }
  /** One chunk of a snapshot; `bytes` are read from the store when the message leaves. */
  | { readonly type: "chunk"; readonly snapshot: SnapshotDescription; readonly index: number; readonly bytes: Buffer | undefined }
  /** The chunks below `next` are durable. */
  | { readonly type: "chunkStored"; readonly offset: Offset; readonly next: number }
  /** Stand for election at once: the leader hands over. */
  | { readonly type: "campaignNow" };
