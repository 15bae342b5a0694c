import type { Kv, MemoryBudget, Runtime } from "@millrace/runtime";
import type { Configuration, MillraceError, TopicId, TopicPartition, TopicSettings, Uuid } from "@millrace/vocabulary";
import type { Log } from "./log-contract.ts";

/**
 * Everything one broker keeps on disk: `log.dirs` names it.
 *
 *     meta.properties      cluster id, node id, directory id, as `format` wrote them
 *     raft/, state/        lmdb: the metadata log; and hints that recovery can rebuild
 *     logs/<topic id>-<partition>/00000000000000000000.log, .index, .timeindex, .txnindex
 *     reserve              64 MiB that are freed when the disk is full, so that metadata can still commit
 */
export interface LogDirectory {
  readonly path: string;
  readonly identity: DirectoryIdentity;
  /** What became of this directory since it was last in use. */
  readonly lastStop: LastStop;
  /** Whether a stop was lossy, or a loss was noted, and no broker epoch has been since: the cluster has not been told. */
  readonly owesLoss: boolean;
  /** The broker epoch that `noteBrokerEpoch` noted in the life before this one. */
  readonly previousBrokerEpoch: number | undefined;
  /**
   * The incarnations that the cluster may know as the last life of this directory: the one whose broker epoch was noted last, and those that
   * began to register since. Empty until an epoch has been noted.
   */
  readonly lives: readonly Uuid[];
  readonly raft: Kv;
  readonly state: Kv;
  /** Set once the directory has failed: the process must give up and exit. */
  readonly failure: MillraceError | undefined;
  /** Whether appends are refused for want of room. */
  readonly isFull: boolean;

  /** The partitions that have a log here, from the directory names; opened or not. */
  readonly found: readonly TopicPartition[];
  log(topicId: TopicId, partition: number): Log | undefined;
  logs(): Iterable<Log>;
  /** Opens the log of a partition, recovering what a crash left, or creates it. */
  openLog(topicId: TopicId, partition: number, settings: () => TopicSettings): Promise<Log>;
  /** Removes a log: it is gone for readers at once, its files after file.delete.delay.ms. Harmless where none is. */
  removeLog(topicId: TopicId, partition: number): Promise<void>;

  /** Notes that a log lacks records that it had: see `owesLoss`. */
  noteLoss(): Promise<void>;
  /** Notes that this life is about to register: see `lives`. */
  beginRegistration(incarnation: Uuid): Promise<void>;
  /** Notes that the cluster has registered this life, and by which broker epoch. */
  noteBrokerEpoch(epoch: number, incarnation: Uuid): Promise<void>;
  /** Syncs everything, notes a clean stop, and lets go of the directory. */
  close(): Promise<void>;
}

/** What `millrace format` writes, once. */
export interface DirectoryIdentity {
  readonly clusterId: Uuid;
  readonly nodeId: number;
  /** Of this directory: a wiped disk gets another. */
  readonly directoryId: Uuid;
}

/**
 * `first`: never in use. `clean`: stopped in order. `crashed`: the same directory and boot id, so the page cache was not lost.
 * `lossy`: anything else: unsynced records may be missing.
 */
export type LastStop = "first" | "clean" | "crashed" | "lossy";

export interface LogDirectoryOptions {
  readonly runtime: Runtime;
  readonly path: string;
  readonly configuration: Configuration;
  readonly memory: MemoryBudget;
  /** The cluster that the directory must belong to; undefined: whatever it says. */
  readonly clusterId?: Uuid;
  /** Bytes of the reserve; 64 MiB where nothing else is said. Tests want fewer. */
  readonly reserveBytes?: number;
  /** The directory has failed; called once. */
  readonly onFailure: (error: MillraceError) => void;
}
