import type { Offset } from "@millrace/vocabulary";

/**
 * Agreement on one log of opaque records. What `propose` resolved survives the loss of a minority of the voters and of
 * every machine's power.
 */
export interface Quorum {
  /** Whether this node may propose, and its term. Changes together with the call of `roleChanged`. */
  readonly role: Role;
  /**
   * The offset that the first record of the next proposal gets, where this node leads and the proposal is made in the same
   * turn.
   */
  readonly nextOffset: Offset;
  /**
   * Appends records, all or none, as the leader of the current term, and resolves to the offset of the last one when all
   * are committed and the follower has folded them in; proposals resolve in their order. Rejects with NOT_CONTROLLER where this
   * node does not lead, or ceased to before they were committed: they may then be committed or not.
   *
   * At least one record, and at most `proposalBytesMax` of them together.
   */
  propose(records: readonly Uint8Array[]): Promise<Offset>;
  /**
   * Hands over what is committed, in order, from the latest snapshot on: first `restore`, then each commit. Called once.
   * Resolves when everything that was committed at the time of the call has been handed over.
   */
  follow(follower: QuorumFollower): Promise<void>;
  /**
   * Stores the state as of `offset`, which the follower has applied and which ends a proposal; the log up to there then goes.
   * One at a time; a snapshot that is older than the one that is stored is passed over. Chunks have at most
   * `snapshotChunkBytesMax`. Rejects with CLOSED, or with what `chunks` threw: the snapshot before then stands.
   */
  snapshot(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Ends; what was proposed and is not committed yet rejects with NOT_CONTROLLER. The store stays open. */
  close(): Promise<void>;
}

/** What this node is in its term. */
export interface Role {
  readonly leader: boolean;
  readonly term: number;
}

/** Folds the log into state. What it throws stops the quorum: state that cannot follow its log is of no use. */
export interface QuorumFollower {
  /** Begins anew from a snapshot: everything up to and with `offset`. */
  restore(offset: Offset, term: number, chunks: AsyncIterable<Buffer>): Promise<void>;
  /** Records that were proposed together, the first one at `offset`. The next ones wait for a promise. */
  committed(offset: Offset, term: number, records: readonly Buffer[]): void | Promise<void>;
  /** This node begins, or ceases, to lead. When it begins, everything of earlier terms has been handed over. */
  roleChanged(role: Role): void;
}
