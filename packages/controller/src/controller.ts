import type { InSyncProposal, LevelRange, MetadataDelta, MetadataImage, PartitionImage } from "@millrace/metadata";
import type { BrokerEpoch, BrokerId, Endpoint, MillraceError, ProducerId, TopicId, Uuid } from "@millrace/vocabulary";
import type { Election } from "./election.ts";
import type { QuorumControl } from "./quorum/quorum-control.ts";

/**
 * The cluster's decisions, as a broker sees them: it follows what is committed and asks for changes. Every answer comes
 * when the change, and everything that the answer rests on, is committed and folded into `image`; an error in one entry of a
 * request does not touch the others. In the process of the only controller every method rejects with NOT_CONTROLLER where that does
 * not lead, or ceased to: the change may then be made or not. Elsewhere NOT_CONTROLLER says that nothing was done, and
 * REQUEST_TIMED_OUT that nobody knows; of a request with entries it is the answer to each.
 */
export interface Controller {
  /** Everything committed that this process has folded in. */
  readonly image: MetadataImage;
  /** Calls back after each fold, until the function it returns is called. What the watcher throws stops the quorum. */
  watch(watcher: (delta: MetadataDelta) => void): () => void;
  /**
   * Whether the broker of this process may act as a leader now. Not before it has registered, and not when the session time-out has
   * passed since the controller last heard of it: its partitions may be led by others.
   */
  readonly mayLead: boolean;
  /** Calls back whenever `mayLead` ceases to hold by the passing of time, until the function it returns is called. */
  watchLapses(watcher: () => void): () => void;
  /** The node that decides, as far as this process knows; undefined: none at the moment. */
  readonly activeController: BrokerId | undefined;

  /**
   * Registers this life of a broker, unfences it, and elects the leaders of its partitions anew: those that it leads have a new
   * leader epoch. Resolves to its broker epoch when all of that is committed; until then the broker acts on nothing that the
   * image says of it. Asking again with the same incarnation changes nothing.
   *
   * Errors: INCONSISTENT_CLUSTER_ID; DUPLICATE_BROKER_REGISTRATION while another incarnation has a session;
   * UNSUPPORTED_VERSION where the broker cannot work with a finalised level; INVALID_REGISTRATION.
   */
  registerBroker(registration: BrokerRegistration): Promise<BrokerEpoch>;
  /**
   * Ends this life of a broker in order: it gets no new leaderships, those it has move to others in sync or are given up, and it
   * is fenced. Errors: BROKER_ID_NOT_REGISTERED, STALE_BROKER_EPOCH.
   */
  stopBroker(id: BrokerId, epoch: BrokerEpoch): Promise<void>;

  /**
   * Takes a broker out of the cluster that has stopped, or is fenced. Partitions keep its replicas: it, or another of its id, has
   * them again when it registers. Errors: BROKER_ID_NOT_REGISTERED; INVALID_REQUEST while it runs.
   */
  unregisterBroker(id: BrokerId): Promise<void>;

  /**
   * Errors: TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION, INVALID_PARTITIONS, INVALID_REPLICATION_FACTOR,
   * INVALID_REPLICA_ASSIGNMENT, INVALID_CONFIG, INVALID_REQUEST, POLICY_VIOLATION (a bound).
   */
  createTopics(topics: readonly NewTopic[], options: { validateOnly: boolean }): Promise<(CreatedTopic | MillraceError)[]>;
  /** Errors: UNKNOWN_TOPIC_ID, INVALID_REQUEST, TOPIC_DELETION_DISABLED. */
  deleteTopics(ids: readonly TopicId[]): Promise<(undefined | MillraceError)[]>;
  /**
   * Errors: UNKNOWN_TOPIC_OR_PARTITION, INVALID_PARTITIONS, INVALID_REPLICA_ASSIGNMENT, INVALID_REPLICATION_FACTOR,
   * INVALID_REQUEST, POLICY_VIOLATION (a bound).
   */
  createPartitions(requests: readonly MorePartitions[], options: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]>;
  /** Errors: UNKNOWN_TOPIC_OR_PARTITION, INVALID_CONFIG, INVALID_REQUEST, BROKER_ID_NOT_REGISTERED. */
  alterConfigs(changes: readonly ConfigChange[], options: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]>;
  /**
   * Raises finalised levels: all that are named, or none. Errors: INVALID_UPDATE_VERSION where somebody does not know a level, or it
   * would fall; INVALID_REQUEST.
   */
  updateFeatures(updates: readonly FeatureUpdate[], options: { validateOnly: boolean }): Promise<void>;
  /** The controllers themselves. */
  readonly quorum: QuorumControl;
  /** A block of producer ids that nobody else gets. Errors: BROKER_ID_NOT_REGISTERED, STALE_BROKER_EPOCH. */
  allocateProducerIds(broker: BrokerId, epoch: BrokerEpoch): Promise<{ first: ProducerId; count: number }>;

  /**
   * Makes the in-sync sets of partitions that a broker leads what it proposes (AlterPartition, KIP-497), and keeps the eligible leaders
   * that follow from it (KIP-966). Resolves, for each, to the partition after the change, also where nothing had to change. Rejects with
   * BROKER_ID_NOT_REGISTERED and STALE_BROKER_EPOCH.
   *
   * Errors: UNKNOWN_TOPIC_ID; UNKNOWN_TOPIC_OR_PARTITION; FENCED_LEADER_EPOCH; INVALID_REQUEST from who does not lead, or for a set
   * without the leader or with who holds no replica; INVALID_UPDATE_VERSION where the partition has changed since; INELIGIBLE_REPLICA where
   * a member is fenced, about to stop, or lives another life by now; ELIGIBLE_LEADERS_NOT_AVAILABLE where who withdraws is the only one
   * that may lead.
   */
  alterPartitions(broker: BrokerId, epoch: BrokerEpoch, proposals: readonly InSyncProposal[]): Promise<(PartitionImage | MillraceError)[]>;

  /**
   * Elects leaders of partitions, or of all that need it; of these the answer leaves out those that need none. Errors:
   * UNKNOWN_TOPIC_OR_PARTITION; ELECTION_NOT_NEEDED; PREFERRED_LEADER_NOT_AVAILABLE; ELIGIBLE_LEADERS_NOT_AVAILABLE; INVALID_REQUEST for
   * one that is named twice.
   */
  electLeaders(election: Election, partitions: readonly PartitionName[] | "all"): Promise<ElectedLeader[]>;
  /**
   * Begins to move partitions to other brokers, or gives that up (KIP-455); the image says how far it is. Errors:
   * UNKNOWN_TOPIC_OR_PARTITION; INVALID_REPLICA_ASSIGNMENT, also where giving up would leave too few that hold everything committed;
   * INVALID_REPLICATION_FACTOR; NO_REASSIGNMENT_IN_PROGRESS; INVALID_REQUEST for one that is named twice.
   */
  reassignPartitions(
    reassignments: readonly Reassignment[],
    options: { allowReplicationFactorChange: boolean },
  ): Promise<(undefined | MillraceError)[]>;
  /**
   * Begins to move everything that a broker holds to others, each replica to one of the least loaded that shares no rack or host with the
   * rest. Resolves to the partitions that nobody else can take. Errors: BROKER_ID_NOT_REGISTERED.
   */
  drainBroker(id: BrokerId): Promise<PartitionName[]>;
}

export interface PartitionName {
  readonly topic: string;
  readonly index: number;
}

/** What became of an election. */
export interface ElectedLeader extends PartitionName {
  readonly failure: MillraceError | undefined;
}

export interface Reassignment extends PartitionName {
  /** Where the partition is to be, the preferred leader first; undefined: give up the reassignment that is under way. */
  readonly replicas: readonly BrokerId[] | undefined;
}

export interface BrokerRegistration {
  readonly id: BrokerId;
  readonly incarnation: Uuid;
  readonly directoryId: Uuid;
  readonly clusterId: Uuid;
  readonly host: string;
  readonly rack: string | undefined;
  readonly listeners: readonly Endpoint[];
  /** The levels that the broker can work with, by feature; of those left out it can work with any. */
  readonly features?: ReadonlyMap<string, LevelRange>;
  /** Whether unsynced records may have been lost since the last life. */
  readonly lastStop: "first" | "clean" | "crashed" | "lossy";
  /** The epoch of the last life that is known to have registered, where the directory remembers one. */
  readonly previousEpoch: BrokerEpoch | undefined;
  /**
   * Of which lives the directory goes on with what they held: the last one that is known to have registered, and those that began to since,
   * this one with them. Empty where it remembers none.
   */
  readonly lives: readonly Uuid[];
}

export interface NewTopic {
  readonly name: string;
  /** -1: num.partitions. */
  readonly partitions: number;
  /** -1: default.replication.factor. */
  readonly replicationFactor: number;
  /** Replicas by partition, the preferred leader first; instead of the two numbers, which are then -1. */
  readonly assignment?: readonly (readonly BrokerId[])[];
  readonly overrides: ReadonlyMap<string, string>;
}

export interface CreatedTopic {
  readonly id: TopicId;
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly overrides: ReadonlyMap<string, string>;
}

export interface FeatureUpdate {
  readonly feature: string;
  readonly level: number;
}

export interface MorePartitions {
  readonly topic: string;
  /** Of the topic afterwards. */
  readonly total: number;
  /** Replicas of the new partitions alone. */
  readonly assignment?: readonly (readonly BrokerId[])[];
}

/** Changes to the settings of one resource. */
export interface ConfigChange {
  readonly resource:
    | { readonly type: "topic"; readonly name: string }
    | { readonly type: "broker"; readonly id: BrokerId }
    | { readonly type: "cluster" };
  /** `replace`: what is not named loses its setting (AlterConfigs). `merge`: it stays (IncrementalAlterConfigs). */
  readonly mode: "replace" | "merge";
  readonly operations: readonly ConfigOperation[];
}

/** `append` and `subtract` are for lists. */
export interface ConfigOperation {
  readonly key: string;
  readonly operation: "set" | "delete" | "append" | "subtract";
  readonly value: string | undefined;
}
