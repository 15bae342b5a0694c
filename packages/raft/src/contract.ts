import type { Offset } from "@millrace/vocabulary";

/**
 * Agreement on one log of opaque records. What `propose` resolved survives the loss of a minority of the voters and of
 * every machine's power.
 */
export interface Quorum {
  /** Whether this node may propose, and its term. */
  readonly role: { readonly leader: boolean; readonly term: number };
  /**
   * Appends records, all or none, as the leader of the current term, and resolves to the offset of the last one when all
   * are committed. Rejects with NOT_CONTROLLER where this node does not lead, or ceased to before they were committed: they may
   * then be committed or not.
   */
  propose(records: readonly Uint8Array[]): Promise<Offset>;
  /**
   * Hands over what is committed, in order, from the latest snapshot on: first `restore` if there is one, then each commit.
   * Called once.
   */
  follow(follower: QuorumFollower): Promise<void>;
  /** Stores the state as of `offset`, which the follower has applied; the log before it may then go. */
  snapshot(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  close(): Promise<void>;
}

/** Folds the log into state. */
export interface QuorumFollower {
  /** Begins anew from a snapshot: everything up to and with `offset`. */
  restore(offset: Offset, term: number, chunks: AsyncIterable<Buffer>): Promise<void>;
  /** Records that follow one another, the first one at `offset`. */
  committed(offset: Offset, term: number, records: readonly Buffer[]): void;
  /** This node begins, or ceases, to lead. When it begins, everything of earlier terms has been handed over. */
  roleChanged(role: { leader: boolean; term: number }): void;
}
