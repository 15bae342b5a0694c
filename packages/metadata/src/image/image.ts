import type {
  BrokerEpoch,
  BrokerId,
  Endpoint,
  LeaderEpoch,
  Offset,
  Overrides,
  PartitionEpoch,
  ProducerId,
  TopicId,
  Uuid,
} from "@millrace/vocabulary";
import type { LevelRange } from "../records/record.ts";

/**
 * What a cluster knows about itself at one metadata offset. Images are never changed: the next one shares what stayed the
 * same, so that whoever holds one holds a consistent moment.
 */
export interface MetadataImage {
  /** The last record that is folded in, and the term in which it was written. -1: none. */
  readonly offset: Offset;
  readonly term: number;
  readonly brokers: ReadonlyMap<BrokerId, BrokerImage>;
  readonly topics: TopicsImage;
  /** What each broker carries, registered or not; a broker that carries nothing is left out. */
  readonly loads: ReadonlyMap<BrokerId, BrokerLoad>;
  /** Settings of one broker, by its id. */
  readonly brokerOverrides: ReadonlyMap<BrokerId, Overrides>;
  /** Settings of every broker. */
  readonly clusterOverrides: Overrides;
  /** Finalised levels by feature: `millrace.version`, `transaction.version`, … */
  readonly features: ReadonlyMap<string, number>;
  /** The first producer id that no broker has been given. */
  readonly nextProducerId: ProducerId;
}

/** One registered broker. */
export interface BrokerImage {
  readonly id: BrokerId;
  readonly epoch: BrokerEpoch;
  /** One life of the process. */
  readonly incarnation: Uuid;
  /** The log directory: a wiped disk gets another. */
  readonly directoryId: Uuid;
  /** The machine: replicas avoid sharing one. */
  readonly host: string;
  readonly rack: string | undefined;
  /** Where it is reached, by listener name. */
  readonly listeners: readonly Endpoint[];
  /** The levels that it can work with, by feature. */
  readonly features: ReadonlyMap<string, LevelRange>;
  /** A fenced broker leads nothing and is told to no client. */
  readonly isFenced: boolean;
  /** It is about to stop: its leaderships move away, and it gets no new ones. */
  readonly isInControlledShutdown: boolean;
}

/** How much of the cluster a broker carries. */
export interface BrokerLoad {
  readonly replicas: number;
  /** Partitions whose preferred leader it is. */
  readonly preferred: number;
}

export interface TopicsImage {
  readonly size: number;
  byName(name: string): TopicImage | undefined;
  byId(id: TopicId): TopicImage | undefined;
  /** Every topic, sorted by name; from the first one that is called `from`, or would stand after it. */
  all(from?: string): Iterable<TopicImage>;
  /** A topic whose name differs from this one only by `.` and `_`. */
  colliding(name: string): TopicImage | undefined;
}

export interface TopicImage {
  readonly id: TopicId;
  readonly name: string;
  readonly isInternal: boolean;
  /** By index. */
  readonly partitions: readonly PartitionImage[];
  readonly overrides: Overrides;
}

/** One partition as the controller decided it. */
export interface PartitionImage {
  readonly index: number;
  /** -1: none at the moment. */
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  /** Rises with each change of this partition. */
  readonly partitionEpoch: PartitionEpoch;
  /** The first one is the preferred leader. */
  readonly replicas: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  /** Replicas outside the ISR that are known to hold everything committed (KIP-966). */
  readonly eligibleLeaders: readonly BrokerId[];
  /** Who led when the partition lost its leader. -1 while it has one. */
  readonly lastKnownLeader: BrokerId;
  readonly addingReplicas: readonly BrokerId[];
  readonly removingReplicas: readonly BrokerId[];
}

/** What changed between two images, so that nobody compares them whole. */
export interface MetadataDelta {
  readonly image: MetadataImage;
  readonly before: MetadataImage;
  /** Topics that were created, or whose partitions or settings changed. */
  readonly changedTopics: ReadonlySet<TopicId>;
  readonly removedTopics: ReadonlyMap<TopicId, TopicImage>;
  readonly brokersChanged: boolean;
  readonly brokerOverridesChanged: boolean;
  readonly featuresChanged: boolean;
}
