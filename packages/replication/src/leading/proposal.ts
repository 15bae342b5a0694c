import type { BrokerEpoch, BrokerId, LeaderEpoch, PartitionEpoch } from "@millrace/vocabulary";

/** A member of an ISR, and the life of its broker that this rests on. */
export interface MemberLife {
  readonly broker: BrokerId;
  readonly epoch: BrokerEpoch;
}

/** Another ISR, which the controller may commit as long as the partition is what the leader knows it to be. */
export interface Proposal {
  readonly leaderEpoch: LeaderEpoch;
  /** Of the state that the proposal rests on. */
  readonly partitionEpoch: PartitionEpoch;
  readonly isr: readonly MemberLife[];
  /** Instead of an ISR, which is empty: the replica, leader or not, lacks records that it had, and is to be counted on no more. */
  readonly withdraws?: true;
}

/** What a leader goes by, read at each use: settings of the topic, and what the metadata knows of brokers. */
export interface IsrRules {
  /** `min.insync.replicas` */
  readonly minInSync: number;
  /** `replica.lag.time.max.ms` */
  readonly lagMaxMs: number;
  /** Whether only what is synced counts. */
  readonly isSynced: boolean;
  /** Whether the metadata knows this life of the broker, neither fenced nor about to stop (KIP-841). */
  mayJoin(broker: BrokerId, epoch: BrokerEpoch): boolean;
  /** The life that the metadata knows; -1: none. */
  epochOf(broker: BrokerId): BrokerEpoch;
}

/** The ISR without those who do not stay, and with those who join, in the order of the replicas. */
export function membersAfter(
  isr: readonly BrokerId[],
  replicas: readonly BrokerId[],
  { stays, joins }: { stays(id: BrokerId): boolean; joins(id: BrokerId): boolean },
): BrokerId[] {
  return replicas.filter((id) => (isr.includes(id) ? stays(id) : joins(id)));
}

/** Whether two ISRs have other members. */
export function isChange(isr: readonly BrokerId[], members: readonly BrokerId[]): boolean {
  return isr.length !== members.length || members.some((id) => !isr.includes(id));
}
