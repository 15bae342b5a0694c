import type { QuorumDescription } from "@millrace/raft";
import type { Address } from "@millrace/runtime";
import type { BrokerId, Uuid } from "@millrace/vocabulary";

/** A controller that is to take part. */
export interface NewVoter {
  readonly id: BrokerId;
  /** Undefined: whichever directory the node says that it has. */
  readonly directoryId: Uuid | undefined;
  /** Where the other controllers reach it. */
  readonly address: Address;
}

/** The controllers that agree on the metadata, as an operator sees and changes them. Whichever of them leads is asked. */
export interface QuorumControl {
  /** Who takes part and how far each is, as the leader knows it. */
  describe(): Promise<QuorumDescription>;
  /**
   * Lets a controller take part that was formatted for this cluster: it learns first, and counts once it has caught up. Asked again after
   * a time-out it goes on where it stood.
   *
   * Errors: DUPLICATE_VOTER; REASSIGNMENT_IN_PROGRESS while another change is not committed; REQUEST_TIMED_OUT where the node is not
   * reached, or has not caught up in time; INVALID_VOTER_KEY where another node answers there, or another directory; UNSUPPORTED_VERSION
   * where it cannot work with the finalised metadata level; INVALID_REQUEST where the only controller has a broker that asks it directly.
   */
  addVoter(voter: NewVoter, options: { timeoutMs: number }): Promise<void>;
  /** Takes one out. Errors: VOTER_NOT_FOUND, REASSIGNMENT_IN_PROGRESS; INVALID_REQUEST for the only one. */
  removeVoter(id: BrokerId, directoryId: Uuid | undefined): Promise<void>;
  /** Hands the lead over. Errors: VOTER_NOT_FOUND; REQUEST_TIMED_OUT where the other one did not take it. */
  transfer(to: BrokerId): Promise<void>;
}
