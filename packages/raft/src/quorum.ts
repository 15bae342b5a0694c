import type { PeerMethod } from "@millrace/runtime";
import type { Offset } from "@millrace/vocabulary";
import type { StaticVoter, Voter, VoterId } from "./voters.ts";

/**
 * Agreement on one log of opaque records. What `propose` resolved survives the loss of a minority of the voters and of
 * every machine's power.
 */
export interface Quorum {
  /** Whether this node may propose, and its term. Changes together with the call of `roleChanged`. */
  readonly role: Role;
  /** Who leads, as far as this node knows; undefined while it knows of nobody, or belongs to no quorum. */
  readonly leader: QuorumLeader | undefined;
  /**
   * The offset that the first record of the next proposal gets, where this node leads and the proposal is made in the same
   * turn.
   */
  readonly nextOffset: Offset;
  /** Calls back after each change of `leader`, until the function it returns is called. */
  watchLeader(watcher: (leader: QuorumLeader | undefined) => void): () => void;
  /**
   * Appends records, all or none, as the leader of the current term, and resolves to the offset of the last one when all
   * are committed and the follower has folded them in; proposals resolve in their order. Rejects with NOT_CONTROLLER where this
   * node does not lead, or ceased to before they were committed: they may then be committed or not.
   *
   * At least one record, and at most `proposalBytesMax` of them together.
   */
  propose(records: readonly Uint8Array[]): Promise<Offset>;
  /**
   * Resolves to an offset when everything below it is committed and folded in: everything that was committed when this was called,
   * by whichever leader, is (read index; no lease, no clock). Rejects with NOT_CONTROLLER where this node does not lead, or turns out not to.
   */
  read(): Promise<Offset>;
  /**
   * Hands over what is committed, in order, from the latest snapshot on: first `restore`, then each commit. Called once.
   * Resolves when everything that was known to be committed at the time of the call has been handed over.
   */
  follow(follower: QuorumFollower): Promise<void>;
  /**
   * Stores the state as of `offset`, which the follower has applied and which ends a proposal; the log up to there then goes.
   * One at a time; a snapshot that is older than the one that is stored is passed over. Chunks have at most
   * `snapshotChunkBytesMax`. Rejects with CLOSED, or with what `chunks` threw: the snapshot before then stands.
   */
  snapshot(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Who takes part and how far everybody is. What the others have is known to the leader alone. */
  describe(): QuorumDescription;
  /**
   * Lets a node take part: it learns first, and counts once it has caught up (KIP-853). Resolves when that is committed; called again
   * after a time-out it goes on where it stood.
   *
   * NOT_CONTROLLER; DUPLICATE_VOTER for a node whose number takes part already; REASSIGNMENT_IN_PROGRESS while another change is not
   * committed; REQUEST_TIMED_OUT where it has not caught up within `timeoutMs`: it goes on learning.
   */
  addVoter(voter: Voter, options: { timeoutMs: number }): Promise<void>;
  /**
   * Takes a voter or learner out, be it this leader, who leads until that is committed. NOT_CONTROLLER, VOTER_NOT_FOUND,
   * REASSIGNMENT_IN_PROGRESS; INVALID_REQUEST for the only voter.
   */
  removeVoter(id: VoterId): Promise<void>;
  /**
   * Hands the lead over. Proposals made meanwhile wait; they reject with NOT_CONTROLLER when the other side has taken over, and are
   * made when it has not within 1500 ms, which rejects with REQUEST_TIMED_OUT. NOT_CONTROLLER; VOTER_NOT_FOUND.
   */
  transfer(to: VoterId): Promise<void>;
  /**
   * Asks a node who it is, be it one of this quorum or of none yet. INCONSISTENT_CLUSTER_ID; CONNECTION_FAILED and REQUEST_TIMED_OUT
   * where nobody answers; INVALID_REQUEST where there is no network.
   */
  identify(node: StaticVoter): Promise<NodeIdentity>;
  /** What the other voters call. They must be offered on the listener whose address they know this node by. */
  methods(): PeerMethod[];
  /** Ends; what was proposed and is not committed yet rejects with NOT_CONTROLLER. The store stays open. */
  close(): Promise<void>;
}

/** A node, as it says itself. */
export interface NodeIdentity {
  readonly id: VoterId;
  /** It belongs to no quorum yet, and its log is empty. */
  readonly isEmpty: boolean;
  /** Undefined: it does not say. */
  readonly levels: RecordLevels | undefined;
}

/** The levels of the log's records that a node can read and write, as whoever proposes them counts. */
export interface RecordLevels {
  readonly min: number;
  readonly max: number;
}

/** What this node is in its term. */
export interface Role {
  readonly leader: boolean;
  readonly term: number;
}

/** Who leads, and since which term. */
export interface QuorumLeader extends VoterId {
  readonly term: number;
}

/** A quorum as one of its nodes sees it (DescribeQuorum). */
export interface QuorumDescription {
  readonly leader: QuorumLeader | undefined;
  readonly term: number;
  /** Everything below it is committed, as far as this node knows. */
  readonly committedEnd: Offset;
  readonly voters: readonly MemberDescription[];
  /** Learners: they follow and do not count. */
  readonly observers: readonly MemberDescription[];
}

/** One node of a quorum. What is undefined is not known here: only the leader hears from the others. */
export interface MemberDescription extends Voter {
  /** Everything below it is durable there. */
  readonly logEnd: Offset | undefined;
  /** When it was heard last, and when it had all that the leader had: milliseconds since 1970. */
  readonly lastFetchMs: number | undefined;
  readonly lastCaughtUpMs: number | undefined;
}

/** Folds the log into state. What it throws stops the quorum: state that cannot follow its log is of no use. */
export interface QuorumFollower {
  /**
   * Begins anew from a snapshot: everything up to and with `offset`. First of all, and again where this node was so far behind that
   * the leader has the log no more.
   */
  restore(offset: Offset, term: number, chunks: AsyncIterable<Buffer>): Promise<void>;
  /** Records that were proposed together, the first one at `offset`. The next ones wait for a promise. */
  committed(offset: Offset, term: number, records: readonly Buffer[]): void | Promise<void>;
  /** This node begins, or ceases, to lead. When it begins, everything of earlier terms has been handed over. */
  roleChanged(role: Role): void;
}
