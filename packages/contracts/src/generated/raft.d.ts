import type { MessageType } from "../message.ts";

/** What `millrace format` makes of an empty store. Never changes. */
export interface Format {
  /** Of the store as a whole: keys, and what lies under them. */
  version: number;
  /** 16 bytes. */
  clusterId: Buffer;
  /** Whose store it is. */
  voter: VoterId | null;
}
export const Format: MessageType<Format>;

/** A voter is its node and its disk: a wiped disk is another voter (KIP-853). */
export interface VoterId {
  nodeId: number;
  /** 16 bytes. */
  directoryId: Buffer;
}
export const VoterId: MessageType<VoterId>;

export interface Voter {
  id: VoterId | null;
  listeners: Listener[];
}
export const Voter: MessageType<Voter>;

export interface Listener {
  name: string;
  host: string;
  port: number;
}
export const Listener: MessageType<Listener>;

export interface VoterSet {
  voters: Voter[];
  /** They follow the log and do not count. */
  learners: Voter[];
}
export const VoterSet: MessageType<VoterSet>;

/** What must be durable before this voter answers anybody. */
export interface HardState {
  term: number;
  /** Whom this voter gave its vote in `term`. Absent: nobody. */
  vote: VoterId | null;
}
export const HardState: MessageType<HardState>;

/**
 * One entry of the log: appended, replicated and cut off as a whole. It takes one offset for each record; the other kinds
 * take one.
 */
export interface Entry {
  term: number;
  records: Records | null;
  leaderChange: LeaderChange | null;
  voterSet: VoterSet | null;
  /** Which member is there. */
  payload: "records" | "leaderChange" | "voterSet" | undefined;
}
export const Entry: MessageType<Entry>;

/** Opaque to the quorum; at least one. */
export interface Records {
  records: Buffer[];
}
export const Records: MessageType<Records>;

/** The first entry of each term. */
export interface LeaderChange {
  leader: VoterId | null;
}
export const LeaderChange: MessageType<LeaderChange>;

/** Stored last, so that a snapshot is there whole or not at all. */
export interface Snapshot {
  /** The last offset that is folded in, and the term of its entry. */
  offset: number;
  term: number;
  /** As of `offset`. */
  voters: VoterSet | null;
  chunks: number;
  bytes: number;
  /** CRC-32 (zlib's) over the chunks, one after the other. */
  checksum: number;
}
export const Snapshot: MessageType<Snapshot>;
