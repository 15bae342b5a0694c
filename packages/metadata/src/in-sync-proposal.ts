import type { BrokerEpoch, BrokerId, LeaderEpoch, PartitionEpoch, TopicId } from "@millrace/vocabulary";

/** A leader asks for another in-sync set (AlterPartition, KIP-497). */
export interface InSyncProposal {
  readonly topicId: TopicId;
  readonly index: number;
  /** The state that the leader acts on: a proposal that rests on another one changes nothing. */
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: PartitionEpoch;
  /** The set afterwards, the leader in it. */
  readonly isr: readonly InSyncReplica[];
  /**
   * Instead of a set, which is empty: whoever asks, leader or not, lacks records that it had. It is in sync no more, nor an eligible leader,
   * and a leader epoch begins in which somebody else leads.
   */
  readonly withdraws?: boolean;
}

/** One member of a proposed set. */
export interface InSyncReplica {
  readonly broker: BrokerId;
  /** Of the life whose acknowledgement the membership rests on: a later one may have lost what it acknowledged (KIP-841, KAFKA-15221). */
  readonly epoch: BrokerEpoch;
}
