import type { MessageType, StreamMethod, UnaryMethod } from "../message.ts";
import type { AddVoterRequest, ConfigResource, CreatedTopic, DescribeQuorumResponse, FeatureUpdate, MorePartitions, NewTopic, Outcome, PartitionName, RemoveVoterRequest, Replicas } from "./admin.js";
import type { Partition } from "./metadata.js";
import type { Failure } from "./failure.js";

export interface WatchLeadRequest {
}
export const WatchLeadRequest: MessageType<WatchLeadRequest>;

export interface LeadNews {
  /** Absent: this node knows of nobody. */
  lead: Lead | null;
}
export const LeadNews: MessageType<LeadNews>;

export interface Lead {
  controllerId: number;
  term: number;
  /** Where it is reached; port 0: only configuration says. */
  host: string;
  port: number;
}
export const Lead: MessageType<Lead>;

export interface FromBroker {
  registration: Registration | null;
  heartbeat: Heartbeat | null;
  /** Which member is there. */
  message: "registration" | "heartbeat" | undefined;
}
export const FromBroker: MessageType<FromBroker>;

export interface Registration {
  brokerId: number;
  /** 16 bytes each. */
  incarnation: Buffer;
  directoryId: Buffer;
  clusterId: Buffer;
  host: string;
  rack: string | null;
  /** The first one is where other processes of the cluster reach it. */
  listeners: Listener[];
  features: FeatureRange[];
  lastStop: number;
  /** Absent: the directory remembers none. */
  previousEpoch: number | null;
  /** The last record that the broker has. -1: none. */
  metadataOffset: number;
  /**
   * 16 bytes each: the incarnations that the cluster may know as the last life of the directory, this one with them. Empty: it
   * remembers none.
   */
  lives: Buffer[];
}
export const Registration: MessageType<Registration>;

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

export interface Heartbeat {
  /** Chosen by the broker; the answer bears it. */
  number: number;
  /** The last record that the broker has. */
  metadataOffset: number;
}
export const Heartbeat: MessageType<Heartbeat>;

export interface FromController {
  registered: Registered | null;
  heard: Heard | null;
  snapshotBegin: SnapshotBegin | null;
  snapshotChunk: SnapshotChunk | null;
  snapshotEnd: SnapshotEnd | null;
  committed: Committed | null;
  /** Which member is there. */
  message: "registered" | "heard" | "snapshotBegin" | "snapshotChunk" | "snapshotEnd" | "committed" | undefined;
}
export const FromController: MessageType<FromController>;

export interface Registered {
  epoch: number;
  /** The registration is in force once the broker has the metadata up to here. */
  metadataOffset: number;
  /** The node that answers. */
  controllerId: number;
}
export const Registered: MessageType<Registered>;

/** The answer to a heartbeat of a life that goes on. */
export interface Heard {
  number: number;
}
export const Heard: MessageType<Heard>;

/** What the broker has is forgotten for what comes, once that is there whole. */
export interface SnapshotBegin {
  /** The last record that is folded in, and its term. */
  offset: number;
  term: number;
}
export const SnapshotBegin: MessageType<SnapshotBegin>;

export interface SnapshotChunk {
  /** A millrace.metadata.v1.SnapshotChunk. */
  chunk: Buffer;
}
export const SnapshotChunk: MessageType<SnapshotChunk>;

export interface SnapshotEnd {
}
export const SnapshotEnd: MessageType<SnapshotEnd>;

/** Records that were committed together, or a part of them. */
export interface Committed {
  /** Of the first record of all parts. */
  offset: number;
  term: number;
  /** millrace.metadata.v1.MetadataRecord each. */
  records: Buffer[];
  /** More parts follow; nobody sees some records without the others. */
  more: boolean;
}
export const Committed: MessageType<Committed>;

export interface StopBrokerRequest {
  brokerId: number;
  epoch: number;
}
export const StopBrokerRequest: MessageType<StopBrokerRequest>;

export interface StopBrokerResponse {
  /** In each answer: everything that it rests on has this offset at most. */
  metadataOffset: number;
}
export const StopBrokerResponse: MessageType<StopBrokerResponse>;

export interface UnregisterBrokerRequest {
  brokerId: number;
}
export const UnregisterBrokerRequest: MessageType<UnregisterBrokerRequest>;

export interface UnregisterBrokerResponse {
  metadataOffset: number;
}
export const UnregisterBrokerResponse: MessageType<UnregisterBrokerResponse>;

export interface CreateTopicsRequest {
  topics: NewTopic[];
  validateOnly: boolean;
}
export const CreateTopicsRequest: MessageType<CreateTopicsRequest>;

export interface CreateTopicsResponse {
  topics: CreatedTopic[];
  metadataOffset: number;
}
export const CreateTopicsResponse: MessageType<CreateTopicsResponse>;

export interface DeleteTopicsRequest {
  /** 16 bytes each. */
  topicIds: Buffer[];
}
export const DeleteTopicsRequest: MessageType<DeleteTopicsRequest>;

export interface OutcomesResponse {
  outcomes: Outcome[];
  metadataOffset: number;
}
export const OutcomesResponse: MessageType<OutcomesResponse>;

export interface CreatePartitionsRequest {
  topics: MorePartitions[];
  validateOnly: boolean;
}
export const CreatePartitionsRequest: MessageType<CreatePartitionsRequest>;

export interface AlterConfigsRequest {
  changes: ConfigChange[];
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
  /** Absent: none was given. */
  value: string | null;
}
export const ConfigOperation: MessageType<ConfigOperation>;

export interface AllocateProducerIdsRequest {
  brokerId: number;
  epoch: number;
}
export const AllocateProducerIdsRequest: MessageType<AllocateProducerIdsRequest>;

export interface AllocateProducerIdsResponse {
  first: number;
  count: number;
  metadataOffset: number;
}
export const AllocateProducerIdsResponse: MessageType<AllocateProducerIdsResponse>;

export interface AlterPartitionsRequest {
  /** The leader, and its life; or whoever withdraws. */
  brokerId: number;
  epoch: number;
  proposals: InSyncProposal[];
}
export const AlterPartitionsRequest: MessageType<AlterPartitionsRequest>;

export interface InSyncProposal {
  /** 16 bytes. */
  topicId: Buffer;
  index: number;
  /** The state that the leader acts on. */
  leaderEpoch: number;
  partitionEpoch: number;
  /** The set afterwards, the leader in it. */
  isr: InSyncReplica[];
  /** Instead of a set: the broker that asks lacks records that it had. Leader or not, it is in sync no more, nor an eligible leader. */
  withdraws: boolean;
}
export const InSyncProposal: MessageType<InSyncProposal>;

export interface InSyncReplica {
  brokerId: number;
  /** Of the life whose acknowledgement this rests on. */
  epoch: number;
}
export const InSyncReplica: MessageType<InSyncReplica>;

export interface AlterPartitionsResponse {
  /** In the order of the proposals. */
  partitions: AlteredPartition[];
  metadataOffset: number;
}
export const AlterPartitionsResponse: MessageType<AlterPartitionsResponse>;

export interface AlteredPartition {
  /** After the change, also where nothing had to change. */
  state: Partition | null;
  failure: Failure | null;
  /** Which member is there. */
  result: "state" | "failure" | undefined;
}
export const AlteredPartition: MessageType<AlteredPartition>;

export interface ElectLeadersRequest {
  /** Whoever serves, where nobody better does; otherwise the preferred leaders. */
  unclean: boolean;
  /** Of all partitions that need one, instead of those named. */
  all: boolean;
  partitions: PartitionName[];
}
export const ElectLeadersRequest: MessageType<ElectLeadersRequest>;

export interface ElectLeadersResponse {
  elected: ElectedLeader[];
  metadataOffset: number;
}
export const ElectLeadersResponse: MessageType<ElectLeadersResponse>;

export interface ElectedLeader {
  partition: PartitionName | null;
  /** Absent: well. */
  failure: Failure | null;
}
export const ElectedLeader: MessageType<ElectedLeader>;

export interface ReassignPartitionsRequest {
  reassignments: Reassignment[];
  allowReplicationFactorChange: boolean;
}
export const ReassignPartitionsRequest: MessageType<ReassignPartitionsRequest>;

export interface Reassignment {
  partition: PartitionName | null;
  /** Absent: what is under way is given up. */
  replicas: Replicas | null;
}
export const Reassignment: MessageType<Reassignment>;

export interface DrainBrokerRequest {
  brokerId: number;
}
export const DrainBrokerRequest: MessageType<DrainBrokerRequest>;

export interface DrainBrokerResponse {
  /** What nobody else can take. */
  kept: PartitionName[];
  metadataOffset: number;
}
export const DrainBrokerResponse: MessageType<DrainBrokerResponse>;

export interface FeatureLevelsUpdated {
  metadataOffset: number;
}
export const FeatureLevelsUpdated: MessageType<FeatureLevelsUpdated>;

export interface FeatureLevels {
  updates: FeatureUpdate[];
  validateOnly: boolean;
}
export const FeatureLevels: MessageType<FeatureLevels>;

export interface QuorumQuestion {
}
export const QuorumQuestion: MessageType<QuorumQuestion>;

export interface QuorumAnswer {
  quorum: DescribeQuorumResponse | null;
}
export const QuorumAnswer: MessageType<QuorumAnswer>;

export interface VoterAddition {
  voter: AddVoterRequest | null;
}
export const VoterAddition: MessageType<VoterAddition>;

export interface VoterAdded {
}
export const VoterAdded: MessageType<VoterAdded>;

export interface VoterRemoval {
  voter: RemoveVoterRequest | null;
}
export const VoterRemoval: MessageType<VoterRemoval>;

export interface VoterRemoved {
}
export const VoterRemoved: MessageType<VoterRemoved>;

export interface LeadTransfer {
  nodeId: number;
}
export const LeadTransfer: MessageType<LeadTransfer>;

export interface LeadTransferred {
}
export const LeadTransferred: MessageType<LeadTransferred>;

export const LastStop: {
  readonly FIRST: 0;
  readonly CLEAN: 1;
  readonly CRASHED: 2;
  readonly LOSSY: 3;
};

/**
 * What a broker and the active controller say to each other. A node that does not lead ends every stream and call with
 * NOT_CONTROLLER. Levels: fields that a later version adds are passed over by this one; the records inside are replicated state,
 * and stop a node that does not know them.
 */
export const Session: {
  /**
   * Who leads, as this node knows, now and whenever that changes; a node says it of itself once it is ready. Every voter serves it,
   * whether it leads or not, and the caller's messages mean nothing.
   */
  readonly watchLead: StreamMethod<WatchLeadRequest, LeadNews>;
  /**
   * One stream for each broker. It begins with a registration; heartbeats follow. The answer to the registration comes first, then
   * the metadata, beside the answers to heartbeats. When the stream ends, so does the session, though not yet the broker's life.
   */
  readonly open: StreamMethod<FromBroker, FromController>;
  /** The life ends in order: its leaderships move away, and it is fenced. */
  readonly stopBroker: UnaryMethod<StopBrokerRequest, StopBrokerResponse>;
  /** A broker that has stopped leaves the cluster. */
  readonly unregisterBroker: UnaryMethod<UnregisterBrokerRequest, UnregisterBrokerResponse>;
  readonly createTopics: UnaryMethod<CreateTopicsRequest, CreateTopicsResponse>;
  readonly deleteTopics: UnaryMethod<DeleteTopicsRequest, OutcomesResponse>;
  readonly createPartitions: UnaryMethod<CreatePartitionsRequest, OutcomesResponse>;
  readonly alterConfigs: UnaryMethod<AlterConfigsRequest, OutcomesResponse>;
  readonly allocateProducerIds: UnaryMethod<AllocateProducerIdsRequest, AllocateProducerIdsResponse>;
  readonly updateFeatures: UnaryMethod<FeatureLevels, FeatureLevelsUpdated>;
  readonly describeQuorum: UnaryMethod<QuorumQuestion, QuorumAnswer>;
  readonly addVoter: UnaryMethod<VoterAddition, VoterAdded>;
  readonly removeVoter: UnaryMethod<VoterRemoval, VoterRemoved>;
  readonly transferLead: UnaryMethod<LeadTransfer, LeadTransferred>;
  /** A leader asks for other in-sync sets (KIP-497). */
  readonly alterPartitions: UnaryMethod<AlterPartitionsRequest, AlterPartitionsResponse>;
  readonly electLeaders: UnaryMethod<ElectLeadersRequest, ElectLeadersResponse>;
  /** Replicas move to other brokers, or do not any more (KIP-455). */
  readonly reassignPartitions: UnaryMethod<ReassignPartitionsRequest, OutcomesResponse>;
  readonly drainBroker: UnaryMethod<DrainBrokerRequest, DrainBrokerResponse>;
};
