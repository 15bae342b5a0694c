import type { MessageType, StreamMethod, UnaryMethod } from "../message.ts";

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

export interface IdentifyRequest {
  /** 16 bytes. */
  clusterId: Buffer;
}
export const IdentifyRequest: MessageType<IdentifyRequest>;

export interface IdentifyResponse {
  voter: VoterId | null;
  /** It belongs to no quorum yet, and its log is empty. */
  isEmpty: boolean;
  /** The levels of the log's records that it can read and write. 0: it does not say. */
  levelMin: number;
  levelMax: number;
}
export const IdentifyResponse: MessageType<IdentifyResponse>;

/** `term` is the sender's, but for votes that are only asked about. */
export interface PeerMessage {
  term: number;
  hello: Hello | null;
  vote: VoteRequest | null;
  voted: VoteAnswer | null;
  append: Append | null;
  appended: Appended | null;
  refused: AppendRefused | null;
  heartbeat: Heartbeat | null;
  heard: Heard | null;
  committed: Committed | null;
  chunk: SnapshotChunk | null;
  chunkStored: SnapshotChunkStored | null;
  campaignNow: CampaignNow | null;
  /** Which member is there. */
  body: "hello" | "vote" | "voted" | "append" | "appended" | "refused" | "heartbeat" | "heard" | "committed" | "chunk" | "chunkStored" | "campaignNow" | undefined;
}
export const PeerMessage: MessageType<PeerMessage>;

export interface Hello {
  /** 16 bytes. */
  clusterId: Buffer;
  voter: VoterId | null;
  /** Whom the sender wants to reach. Empty directory: whoever has the number. */
  expected: VoterId | null;
  /** Names one life of the sender's process. 16 bytes. */
  incarnation: Buffer;
  /** The forms of these messages that the sender knows. */
  levelFirst: number;
  levelLast: number;
}
export const Hello: MessageType<Hello>;

export interface VoteRequest {
  preVote: boolean;
  isTransfer: boolean;
  lastTerm: number;
  logEnd: number;
}
export const VoteRequest: MessageType<VoteRequest>;

export interface VoteAnswer {
  preVote: boolean;
  granted: boolean;
}
export const VoteAnswer: MessageType<VoteAnswer>;

export interface Append {
  prevEnd: number;
  prevTerm: number;
  /** An Entry each, as it is stored. */
  entries: Buffer[];
  committedEnd: number;
}
export const Append: MessageType<Append>;

export interface Appended {
  matchedEnd: number;
  storedEnd: number;
}
export const Appended: MessageType<Appended>;

export interface AppendRefused {
  prevEnd: number;
  hintTerm: number;
  hintEnd: number;
}
export const AppendRefused: MessageType<AppendRefused>;

export interface Heartbeat {
  committedEnd: number;
  round: number;
}
export const Heartbeat: MessageType<Heartbeat>;

export interface Heard {
  round: number;
}
export const Heard: MessageType<Heard>;

export interface Committed {
  committedEnd: number;
}
export const Committed: MessageType<Committed>;

export interface SnapshotChunk {
  snapshot: Snapshot | null;
  index: number;
  /** Empty where the snapshot has no chunks. */
  bytes: Buffer;
}
export const SnapshotChunk: MessageType<SnapshotChunk>;

export interface SnapshotChunkStored {
  offset: number;
  next: number;
}
export const SnapshotChunkStored: MessageType<SnapshotChunkStored>;

export interface CampaignNow {
}
export const CampaignNow: MessageType<CampaignNow>;

/** What the nodes of a quorum say to each other. Offered where controllers reach each other, and nowhere else. */
export const Raft: {
  /**
   * Messages of two nodes, both ways. Each side begins with a hello and drops the stream where it does not like the other's:
   * INCONSISTENT_CLUSTER_ID, INVALID_VOTER_KEY, UNSUPPORTED_VERSION. What is lost with a stream is sent again by those who need it.
   */
  readonly exchange: StreamMethod<PeerMessage, PeerMessage>;
  /** Says who this node is. INCONSISTENT_CLUSTER_ID. */
  readonly identify: UnaryMethod<IdentifyRequest, IdentifyResponse>;
};
