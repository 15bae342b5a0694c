import type { MessageType, UnaryMethod } from "../message.ts";
import type { Failure } from "./failure.js";

/** Names a topic: by id or, where the id is empty, by name. */
export interface TopicName {
  name: string;
  /** 16 bytes, or none. */
  id: Buffer;
}
export const TopicName: MessageType<TopicName>;

export interface CreateTopicsRequest {
  topics: NewTopic[];
  /** Says what would happen, and does nothing. */
  validateOnly: boolean;
}
export const CreateTopicsRequest: MessageType<CreateTopicsRequest>;

export interface NewTopic {
  name: string;
  /** Absent: num.partitions. */
  partitions: number | null;
  /** Absent: default.replication.factor. */
  replicationFactor: number | null;
  /** By partition, instead of the two numbers. */
  assignment: Replicas[];
  configs: { [key: string]: string };
}
export const NewTopic: MessageType<NewTopic>;

/** Brokers that hold a partition; the first one is the preferred leader. */
export interface Replicas {
  brokers: number[];
}
export const Replicas: MessageType<Replicas>;

export interface CreateTopicsResponse {
  topics: CreatedTopic[];
}
export const CreateTopicsResponse: MessageType<CreateTopicsResponse>;

export interface CreatedTopic {
  failure: Failure | null;
  name: string;
  id: Buffer;
  partitions: number;
  replicationFactor: number;
}
export const CreatedTopic: MessageType<CreatedTopic>;

export interface ListTopicsRequest {
  includeInternal: boolean;
}
export const ListTopicsRequest: MessageType<ListTopicsRequest>;

/** Sorted by name. */
export interface ListTopicsResponse {
  topics: TopicListing[];
}
export const ListTopicsResponse: MessageType<ListTopicsResponse>;

export interface TopicListing {
  name: string;
  id: Buffer;
  internal: boolean;
  partitions: number;
  replicationFactor: number;
}
export const TopicListing: MessageType<TopicListing>;

export interface DescribeTopicsRequest {
  topics: TopicName[];
}
export const DescribeTopicsRequest: MessageType<DescribeTopicsRequest>;

export interface DescribeTopicsResponse {
  topics: TopicDescription[];
}
export const DescribeTopicsResponse: MessageType<DescribeTopicsResponse>;

export interface TopicDescription {
  failure: Failure | null;
  name: string;
  id: Buffer;
  internal: boolean;
  /** In the order of their indexes. */
  partitions: PartitionDescription[];
  /** What was set for this topic. */
  configs: { [key: string]: string };
}
export const TopicDescription: MessageType<TopicDescription>;

export interface PartitionDescription {
  partition: number;
  /** Absent: none at the moment. */
  leader: number | null;
  leaderEpoch: number;
  /** The first one is the preferred leader. */
  replicas: number[];
  isr: number[];
  /** Outside the ISR, and known to hold everything committed (KIP-966). */
  eligibleLeaders: number[];
}
export const PartitionDescription: MessageType<PartitionDescription>;

export interface DeleteTopicsRequest {
  topics: TopicName[];
}
export const DeleteTopicsRequest: MessageType<DeleteTopicsRequest>;

export interface DeleteTopicsResponse {
  outcomes: Outcome[];
}
export const DeleteTopicsResponse: MessageType<DeleteTopicsResponse>;

/** How one entry of a request went. */
export interface Outcome {
  /** Absent: well. */
  failure: Failure | null;
}
export const Outcome: MessageType<Outcome>;

export interface CreatePartitionsRequest {
  topics: MorePartitions[];
  /** Says what would happen, and does nothing. */
  validateOnly: boolean;
}
export const CreatePartitionsRequest: MessageType<CreatePartitionsRequest>;

export interface MorePartitions {
  topic: string;
  /** Of the topic afterwards. */
  total: number;
  /** Of the new partitions alone. */
  assignment: Replicas[];
}
export const MorePartitions: MessageType<MorePartitions>;

export interface CreatePartitionsResponse {
  outcomes: Outcome[];
}
export const CreatePartitionsResponse: MessageType<CreatePartitionsResponse>;

export interface DeleteRecordsRequest {
  partitions: RecordsToDelete[];
}
export const DeleteRecordsRequest: MessageType<DeleteRecordsRequest>;

export interface RecordsToDelete {
  topic: string;
  partition: number;
  /** Records below it go. Absent: everything up to the high watermark. */
  beforeOffset: number | null;
}
export const RecordsToDelete: MessageType<RecordsToDelete>;

export interface DeleteRecordsResponse {
  partitions: DeletedRecords[];
}
export const DeleteRecordsResponse: MessageType<DeleteRecordsResponse>;

export interface DeletedRecords {
  failure: Failure | null;
  /** The first offset that is left. */
  logStart: number;
}
export const DeletedRecords: MessageType<DeletedRecords>;

/** What settings belong to. */
export interface ConfigResource {
  scope: number;
  /** A topic's name or a broker's id; empty for the cluster. */
  name: string;
}
export const ConfigResource: MessageType<ConfigResource>;

export interface DescribeConfigsRequest {
  queries: ConfigQuery[];
}
export const DescribeConfigsRequest: MessageType<DescribeConfigsRequest>;

export interface ConfigQuery {
  resource: ConfigResource | null;
  /** Empty: every key. */
  keys: string[];
}
export const ConfigQuery: MessageType<ConfigQuery>;

export interface DescribeConfigsResponse {
  descriptions: ConfigDescription[];
}
export const DescribeConfigsResponse: MessageType<DescribeConfigsResponse>;

export interface ConfigDescription {
  failure: Failure | null;
  entries: ConfigEntry[];
}
export const ConfigDescription: MessageType<ConfigDescription>;

export interface ConfigEntry {
  key: string;
  /** Absent: there is none, or it is a secret. */
  value: string | null;
  /**
   * Where it comes from, in Kafka's words: DYNAMIC_TOPIC_CONFIG, DYNAMIC_BROKER_CONFIG, DYNAMIC_DEFAULT_BROKER_CONFIG,
   * STATIC_BROKER_CONFIG, DEFAULT_CONFIG.
   */
  source: string;
  readOnly: boolean;
  secret: boolean;
  /** Kafka's word: BOOLEAN, STRING, INT, LONG, DOUBLE, LIST. */
  type: string;
  documentation: string;
}
export const ConfigEntry: MessageType<ConfigEntry>;

export interface AlterConfigsRequest {
  changes: ConfigChange[];
  /** Says what would happen, and does nothing. */
  validateOnly: boolean;
}
export const AlterConfigsRequest: MessageType<AlterConfigsRequest>;

export interface ConfigChange {
  resource: ConfigResource | null;
  /** What is not named loses its setting; otherwise it keeps it. */
  replace: boolean;
  operations: ConfigOperation[];
}
export const ConfigChange: MessageType<ConfigChange>;

export interface ConfigOperation {
  key: string;
  verb: number;
  value: string;
}
export const ConfigOperation: MessageType<ConfigOperation>;

export interface AlterConfigsResponse {
  outcomes: Outcome[];
}
export const AlterConfigsResponse: MessageType<AlterConfigsResponse>;

export interface DescribeClusterRequest {
}
export const DescribeClusterRequest: MessageType<DescribeClusterRequest>;

export interface DescribeClusterResponse {
  clusterId: string;
  /** Absent: none at the moment. */
  controller: number | null;
  brokers: BrokerDescription[];
  /** Finalised levels. */
  features: { [key: string]: number };
  /** Levels that every broker knows, by feature. */
  levels: { [key: string]: LevelRange };
}
export const DescribeClusterResponse: MessageType<DescribeClusterResponse>;

/** From the lowest to the highest; none where that is below the lowest. */
export interface LevelRange {
  min: number;
  max: number;
}
export const LevelRange: MessageType<LevelRange>;

export interface BrokerDescription {
  id: number;
  host: string;
  port: number;
  /** Empty: none. */
  rack: string;
  /** A fenced broker leads nothing. */
  fenced: boolean;
}
export const BrokerDescription: MessageType<BrokerDescription>;

export interface DrainBrokerRequest {
  broker: number;
}
export const DrainBrokerRequest: MessageType<DrainBrokerRequest>;

export interface DrainBrokerResponse {
  /** What nobody else can take. */
  kept: PartitionName[];
}
export const DrainBrokerResponse: MessageType<DrainBrokerResponse>;

export interface PartitionName {
  topic: string;
  partition: number;
}
export const PartitionName: MessageType<PartitionName>;

export interface UpdateFeaturesRequest {
  updates: FeatureUpdate[];
  /** Says what would happen, and does nothing. */
  validateOnly: boolean;
}
export const UpdateFeaturesRequest: MessageType<UpdateFeaturesRequest>;

export interface FeatureUpdate {
  feature: string;
  level: number;
}
export const FeatureUpdate: MessageType<FeatureUpdate>;

export interface UpdateFeaturesResponse {
}
export const UpdateFeaturesResponse: MessageType<UpdateFeaturesResponse>;

export interface DescribeQuorumRequest {
}
export const DescribeQuorumRequest: MessageType<DescribeQuorumRequest>;

export interface DescribeQuorumResponse {
  leader: number;
  term: number;
  /** Everything below it is committed. */
  committedEnd: number;
  voters: QuorumMember[];
  /** They follow, and do not count. */
  observers: QuorumMember[];
}
export const DescribeQuorumResponse: MessageType<DescribeQuorumResponse>;

/** A node and its disk. */
export interface QuorumMember {
  nodeId: number;
  /** 16 bytes. */
  directoryId: Buffer;
  /** Where the others reach it; empty: they wait for it. */
  host: string;
  port: number;
  /** What it has is below. Absent here and in the next two: the leader has not heard from it. */
  logEnd: number | null;
  /** Milliseconds since 1970, by the leader's clock. */
  lastFetchMs: number | null;
  lastCaughtUpMs: number | null;
}
export const QuorumMember: MessageType<QuorumMember>;

export interface AddVoterRequest {
  nodeId: number;
  /** 16 bytes; empty: whichever the node says that it has. */
  directoryId: Buffer;
  host: string;
  port: number;
  /** For catching up; it goes on learning afterwards. */
  timeoutMs: number;
}
export const AddVoterRequest: MessageType<AddVoterRequest>;

export interface AddVoterResponse {
}
export const AddVoterResponse: MessageType<AddVoterResponse>;

export interface RemoveVoterRequest {
  nodeId: number;
  /** 16 bytes; empty: whichever takes part. */
  directoryId: Buffer;
}
export const RemoveVoterRequest: MessageType<RemoveVoterRequest>;

export interface RemoveVoterResponse {
}
export const RemoveVoterResponse: MessageType<RemoveVoterResponse>;

export interface TransferLeadRequest {
  nodeId: number;
}
export const TransferLeadRequest: MessageType<TransferLeadRequest>;

export interface TransferLeadResponse {
}
export const TransferLeadResponse: MessageType<TransferLeadResponse>;

export const ConfigScope: {
  /** Every broker. */
  readonly CLUSTER: 0;
  readonly TOPIC: 1;
  readonly BROKER: 2;
};

export const ConfigVerb: {
  readonly SET: 0;
  readonly DELETE: 1;
  /** To a list. */
  readonly APPEND: 2;
  /** From a list. */
  readonly SUBTRACT: 3;
};

/**
 * What operators ask. Every broker takes every request. Requests with several entries answer in their order, and an entry that
 * failed does not touch the others.
 */
export const Admin: {
  readonly createTopics: UnaryMethod<CreateTopicsRequest, CreateTopicsResponse>;
  readonly listTopics: UnaryMethod<ListTopicsRequest, ListTopicsResponse>;
  readonly describeTopics: UnaryMethod<DescribeTopicsRequest, DescribeTopicsResponse>;
  readonly deleteTopics: UnaryMethod<DeleteTopicsRequest, DeleteTopicsResponse>;
  /** Raises the number of partitions. */
  readonly createPartitions: UnaryMethod<CreatePartitionsRequest, CreatePartitionsResponse>;
  /** Moves log starts up, so that what lies before them is gone. */
  readonly deleteRecords: UnaryMethod<DeleteRecordsRequest, DeleteRecordsResponse>;
  readonly describeConfigs: UnaryMethod<DescribeConfigsRequest, DescribeConfigsResponse>;
  readonly alterConfigs: UnaryMethod<AlterConfigsRequest, AlterConfigsResponse>;
  readonly describeCluster: UnaryMethod<DescribeClusterRequest, DescribeClusterResponse>;
  /** Begins to move everything that a broker holds to others; what it still holds says how far that is. */
  readonly drainBroker: UnaryMethod<DrainBrokerRequest, DrainBrokerResponse>;
  /** Raises finalised levels: all that are named, or none. */
  readonly updateFeatures: UnaryMethod<UpdateFeaturesRequest, UpdateFeaturesResponse>;
  /** Who agrees on the metadata, as their leader knows them. */
  readonly describeQuorum: UnaryMethod<DescribeQuorumRequest, DescribeQuorumResponse>;
  /** Lets a controller join that was formatted for this cluster: it learns first, and counts once it has caught up. */
  readonly addVoter: UnaryMethod<AddVoterRequest, AddVoterResponse>;
  readonly removeVoter: UnaryMethod<RemoveVoterRequest, RemoveVoterResponse>;
  /** Hands the lead over to another voter. */
  readonly transferLead: UnaryMethod<TransferLeadRequest, TransferLeadResponse>;
};
