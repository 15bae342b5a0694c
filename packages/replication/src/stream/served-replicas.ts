import type { Clock, Logger, MemoryAccount } from "@millrace/runtime";
import type { BrokerEpoch, BrokerId, Uuid } from "@millrace/vocabulary";
import type { Partition } from "../partition.ts";

/** What a leader's end of replication streams needs of its broker. */
export interface ServedReplicas {
  readonly self: BrokerId;
  readonly clusterId: Uuid;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Holds what has been taken from logs and not been sent. */
  readonly account: MemoryAccount;
  /** The replica of a partition, once its log is open. */
  partition(topicId: Uuid, index: number): Partition | undefined;
  /** The life of a broker that the metadata knows; -1: none. */
  epochOf(broker: BrokerId): BrokerEpoch;
  /** Calls back when metadata has been taken over or a log has been opened, until the function returned is called. */
  onChange(changed: () => void): () => void;
}
