import type { Clock, Logger } from "@millrace/runtime";
import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import type { Follower } from "./following/follower.ts";
import type { Proposal } from "./leading/proposal.ts";
import type { Partition } from "./partition.ts";

/** What the replicas of one broker have around them. */
export interface ReplicaSurroundings {
  readonly self: BrokerId;
  readonly clock: Clock;
  readonly logger: Logger;
  /** `replica.lag.time.max.ms`, as it is now. */
  readonly lagMaxMs: () => number;
  readonly brokers: KnownBrokers;
  /** Counts what becomes of the ISRs of led partitions. */
  readonly isrChanges: IsrChanges;
  /** Asks the controller for another ISR; `Partition.assume` or `Partition.refused` tells what came of it. */
  propose(partition: Partition, proposal: Proposal): void;
  /** Gives a follower a way to its leader, until it leaves. */
  follow(follower: Follower): void;
  leave(follower: Follower): void;
  /** This broker leads the partition in a new epoch. */
  leads(partition: Partition): void;
  /** It does no more. */
  resigned(partition: Partition): void;
}

/** How often ISRs have become smaller, and larger. */
export interface IsrChanges {
  shrinks: number;
  expands: number;
}

/** What the metadata says of brokers, as far as ISRs rest on it. */
export interface KnownBrokers {
  /** Whether this life is the one that is registered, neither fenced nor about to stop (KIP-841). */
  mayJoin(broker: BrokerId, epoch: BrokerEpoch): boolean;
  /** The life that is registered; -1: none. */
  epochOf(broker: BrokerId): BrokerEpoch;
}
