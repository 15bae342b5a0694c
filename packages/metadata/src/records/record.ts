import type { BrokerEpoch, BrokerId, Endpoint, LeaderEpoch, PartitionEpoch, ProducerId, TopicId, Uuid } from "@millrace/vocabulary";

/** One change of what the cluster knows about itself: what the metadata log holds, as proto/metadata.proto writes it. */
export type MetadataRecord =
  | RegisterBroker
  | BrokerChange
  | RemoveBroker
  | TopicRecord
  | PartitionRecord
  | PartitionChange
  | RemoveTopic
  | ConfigRecord
  | ProducerIdsRecord
  | FeatureLevelRecord;

/** One life of a broker begins. In the log it begins fenced, and its epoch is the offset of this record. */
export interface RegisterBroker {
  readonly type: "RegisterBroker";
  readonly brokerId: BrokerId;
  readonly incarnation: Uuid;
  readonly directoryId: Uuid;
  readonly host: string;
  readonly rack: string | undefined;
  readonly listeners: readonly Endpoint[];
  readonly features: ReadonlyMap<string, LevelRange>;
  /** In snapshots only. */
  readonly state: BrokerState | undefined;
}

/** The levels of a feature that somebody can work with: `min` and `max` are both in it. */
export interface LevelRange {
  readonly min: number;
  readonly max: number;
}

/** What became of a registration since. */
export interface BrokerState {
  readonly epoch: BrokerEpoch;
  readonly isFenced: boolean;
  readonly isInControlledShutdown: boolean;
}

/** The state of a registered broker changes. What is undefined stays. */
export interface BrokerChange {
  readonly type: "BrokerChange";
  readonly brokerId: BrokerId;
  readonly epoch: BrokerEpoch;
  readonly isFenced?: boolean | undefined;
  readonly isInControlledShutdown?: boolean | undefined;
}

/** A broker leaves the cluster for good. */
export interface RemoveBroker {
  readonly type: "RemoveBroker";
  readonly brokerId: BrokerId;
  readonly epoch: BrokerEpoch;
}

/** A topic begins; its settings and partitions follow. */
export interface TopicRecord {
  readonly type: "Topic";
  readonly topicId: TopicId;
  readonly name: string;
}

/** A partition begins, or (in snapshots) is. Those of one topic come in order, without a gap. */
export interface PartitionRecord {
  readonly type: "Partition";
  readonly topicId: TopicId;
  readonly index: number;
  readonly replicas: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  /** -1: none. */
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: PartitionEpoch;
  readonly addingReplicas: readonly BrokerId[];
  readonly removingReplicas: readonly BrokerId[];
  readonly eligibleLeaders: readonly BrokerId[];
  /** -1: none. */
  readonly lastKnownLeader: BrokerId;
}

/** A partition changes. What is undefined stays. */
export interface PartitionChange {
  readonly type: "PartitionChange";
  readonly topicId: TopicId;
  readonly index: number;
  /** After the change: one more than before. */
  readonly partitionEpoch: PartitionEpoch;
  /** A leader, or -1 for none, begins its epoch. The leader may be the same as before. */
  readonly leadership?: { readonly leader: BrokerId; readonly leaderEpoch: LeaderEpoch } | undefined;
  readonly isr?: readonly BrokerId[] | undefined;
  readonly replicas?: readonly BrokerId[] | undefined;
  readonly addingReplicas?: readonly BrokerId[] | undefined;
  readonly removingReplicas?: readonly BrokerId[] | undefined;
  readonly eligibleLeaders?: readonly BrokerId[] | undefined;
  /** -1: none any more. */
  readonly lastKnownLeader?: BrokerId | undefined;
}

/** A topic ends, with its partitions and settings. */
export interface RemoveTopic {
  readonly type: "RemoveTopic";
  readonly topicId: TopicId;
}

/** What a setting belongs to. */
export type ConfigResource =
  | { readonly type: "topic"; readonly id: TopicId }
  | { readonly type: "broker"; readonly id: BrokerId }
  | { readonly type: "cluster" };

/** One setting of one resource, or its removal. */
export interface ConfigRecord {
  readonly type: "Config";
  readonly resource: ConfigResource;
  readonly key: string;
  /** undefined: the setting is removed. */
  readonly value: string | undefined;
}

/** Every producer id below `next` has been given away. */
export interface ProducerIdsRecord {
  readonly type: "ProducerIds";
  readonly next: ProducerId;
  /** To whom the block below `next` was given; undefined in snapshots. */
  readonly givenTo: { readonly brokerId: BrokerId; readonly epoch: BrokerEpoch } | undefined;
}

/** A feature is finalised at a level; 0 turns it off. */
export interface FeatureLevelRecord {
  readonly type: "FeatureLevel";
  readonly name: string;
  readonly level: number;
}
