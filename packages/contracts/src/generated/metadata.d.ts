import type { MessageType } from "../message.ts";

/** One change. Exactly one of the fields is set. */
export interface MetadataRecord {
  registerBroker: RegisterBroker | null;
  brokerChange: BrokerChange | null;
  removeBroker: RemoveBroker | null;
  topic: Topic | null;
  partition: Partition | null;
  partitionChange: PartitionChange | null;
  removeTopic: RemoveTopic | null;
  config: Config | null;
  producerIds: ProducerIds | null;
  featureLevel: FeatureLevel | null;
  /** Which member is there. */
  record: "registerBroker" | "brokerChange" | "removeBroker" | "topic" | "partition" | "partitionChange" | "removeTopic" | "config" | "producerIds" | "featureLevel" | undefined;
}
export const MetadataRecord: MessageType<MetadataRecord>;

/** One life of a broker begins, fenced. */
export interface RegisterBroker {
  brokerId: number;
  /** 16 bytes: one life of the process. */
  incarnation: Buffer;
  /** 16 bytes: the log directory. A wiped disk gets another. */
  directoryId: Buffer;
  /** The machine. */
  host: string;
  rack: string | null;
  listeners: Listener[];
  /** The levels that this broker can work with. */
  features: FeatureRange[];
  /** In snapshots only. A registration in the log begins fenced, and its broker epoch is the offset of the record. */
  state: BrokerState | null;
}
export const RegisterBroker: MessageType<RegisterBroker>;

export interface BrokerState {
  epoch: number;
  isFenced: boolean;
  isInControlledShutdown: boolean;
}
export const BrokerState: MessageType<BrokerState>;

export interface Listener {
  name: string;
  host: string;
  port: number;
}
export const Listener: MessageType<Listener>;

export interface FeatureRange {
  name: string;
  levelMin: number;
  levelMax: number;
}
export const FeatureRange: MessageType<FeatureRange>;

/** The state of a registered broker changes. What is absent stays. */
export interface BrokerChange {
  brokerId: number;
  epoch: number;
  isFenced: boolean | null;
  isInControlledShutdown: boolean | null;
}
export const BrokerChange: MessageType<BrokerChange>;

/** A broker leaves the cluster for good. */
export interface RemoveBroker {
  brokerId: number;
  epoch: number;
}
export const RemoveBroker: MessageType<RemoveBroker>;

/** A topic begins; its settings and partitions follow. */
export interface Topic {
  /** 16 bytes. */
  topicId: Buffer;
  name: string;
}
export const Topic: MessageType<Topic>;

/** A partition begins, or (in snapshots) is. */
export interface Partition {
  topicId: Buffer;
  /** Partitions of a topic come in order, without a gap. */
  index: number;
  /** The first one is the preferred leader. */
  replicas: number[];
  isr: number[];
  /** -1: none. */
  leader: number;
  leaderEpoch: number;
  partitionEpoch: number;
  addingReplicas: number[];
  removingReplicas: number[];
  /** Outside the ISR, and known to hold everything committed (KIP-966). */
  eligibleLeaders: number[];
  /** Who led when the partition lost its leader; absent while it has one. */
  lastKnownLeader: number | null;
}
export const Partition: MessageType<Partition>;

/** A partition changes. What is absent stays, but for the partition epoch, which rises by one each time. */
export interface PartitionChange {
  topicId: Buffer;
  index: number;
  /** After the change. */
  partitionEpoch: number;
  /** Both or neither: -1 for no leader, and the epoch that begins. */
  leader: number | null;
  leaderEpoch: number | null;
  isr: BrokerList | null;
  replicas: BrokerList | null;
  addingReplicas: BrokerList | null;
  removingReplicas: BrokerList | null;
  eligibleLeaders: BrokerList | null;
  /** -1: none any more. */
  lastKnownLeader: number | null;
}
export const PartitionChange: MessageType<PartitionChange>;

/** A list that may be empty, as opposed to absent. */
export interface BrokerList {
  ids: number[];
}
export const BrokerList: MessageType<BrokerList>;

/** A topic ends, with its partitions and settings. */
export interface RemoveTopic {
  topicId: Buffer;
}
export const RemoveTopic: MessageType<RemoveTopic>;

/** One setting of one resource, or its removal. */
export interface Config {
  /** 16 bytes: settings go with the topic, not with its name. */
  topicId: Buffer | null;
  brokerId: number | null;
  /** Every broker. Always true. */
  cluster: boolean | null;
  key: string;
  /** Absent: the setting is removed. */
  value: string | null;
  /** Which member is there. */
  resource: "topicId" | "brokerId" | "cluster" | undefined;
}
export const Config: MessageType<Config>;

/** Everything below `next` has been given away. */
export interface ProducerIds {
  next: number;
  /** To whom the block below `next` was given. Absent in snapshots. */
  brokerId: number | null;
  brokerEpoch: number | null;
}
export const ProducerIds: MessageType<ProducerIds>;

/** A feature is finalised at a level. */
export interface FeatureLevel {
  name: string;
  /** 0: the feature is off. */
  level: number;
}
export const FeatureLevel: MessageType<FeatureLevel>;

/** One chunk of a snapshot: encoded MetadataRecords. */
export interface SnapshotChunk {
  records: Buffer[];
}
export const SnapshotChunk: MessageType<SnapshotChunk>;
