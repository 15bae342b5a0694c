import { includesVersion } from "./declaration/versions.ts";
import type { InputOf, Message, TypeOf } from "./declaration/message.ts";
import { ProduceRequest, ProduceResponse } from "./messages/00-produce.ts";
import { FetchRequest, FetchResponse } from "./messages/01-fetch.ts";
import { ListOffsetsRequest, ListOffsetsResponse } from "./messages/02-list-offsets.ts";
import { MetadataRequest, MetadataResponse } from "./messages/03-metadata.ts";
import { OffsetCommitRequest, OffsetCommitResponse } from "./messages/08-offset-commit.ts";
import { OffsetFetchRequest, OffsetFetchResponse } from "./messages/09-offset-fetch.ts";
import { FindCoordinatorRequest, FindCoordinatorResponse } from "./messages/10-find-coordinator.ts";
import { JoinGroupRequest, JoinGroupResponse } from "./messages/11-join-group.ts";
import { HeartbeatRequest, HeartbeatResponse } from "./messages/12-heartbeat.ts";
import { LeaveGroupRequest, LeaveGroupResponse } from "./messages/13-leave-group.ts";
import { SyncGroupRequest, SyncGroupResponse } from "./messages/14-sync-group.ts";
import { DescribeGroupsRequest, DescribeGroupsResponse } from "./messages/15-describe-groups.ts";
import { ListGroupsRequest, ListGroupsResponse } from "./messages/16-list-groups.ts";
import { ApiVersionsRequest, ApiVersionsResponse } from "./messages/18-api-versions.ts";
import { CreateTopicsRequest, CreateTopicsResponse } from "./messages/19-create-topics.ts";
import { DeleteTopicsRequest, DeleteTopicsResponse } from "./messages/20-delete-topics.ts";
import { DeleteRecordsRequest, DeleteRecordsResponse } from "./messages/21-delete-records.ts";
import { InitProducerIdRequest, InitProducerIdResponse } from "./messages/22-init-producer-id.ts";
import { OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse } from "./messages/23-offset-for-leader-epoch.ts";
import { DescribeConfigsRequest, DescribeConfigsResponse } from "./messages/32-describe-configs.ts";
import { AlterConfigsRequest, AlterConfigsResponse } from "./messages/33-alter-configs.ts";
import { DescribeLogDirsRequest, DescribeLogDirsResponse } from "./messages/35-describe-log-dirs.ts";
import { CreatePartitionsRequest, CreatePartitionsResponse } from "./messages/37-create-partitions.ts";
import { DeleteGroupsRequest, DeleteGroupsResponse } from "./messages/42-delete-groups.ts";
import { ElectLeadersRequest, ElectLeadersResponse } from "./messages/43-elect-leaders.ts";
import { IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse } from "./messages/44-incremental-alter-configs.ts";
import { AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse } from "./messages/45-alter-partition-reassignments.ts";
import { ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse } from "./messages/46-list-partition-reassignments.ts";
import { OffsetDeleteRequest, OffsetDeleteResponse } from "./messages/47-offset-delete.ts";
import { DescribeQuorumRequest, DescribeQuorumResponse } from "./messages/55-describe-quorum.ts";
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from "./messages/57-update-features.ts";
import { DescribeClusterRequest, DescribeClusterResponse } from "./messages/60-describe-cluster.ts";
import { DescribeProducersRequest, DescribeProducersResponse } from "./messages/61-describe-producers.ts";
import { UnregisterBrokerRequest, UnregisterBrokerResponse } from "./messages/64-unregister-broker.ts";
import { ListConfigResourcesRequest, ListConfigResourcesResponse } from "./messages/74-list-config-resources.ts";
import { DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse } from "./messages/75-describe-topic-partitions.ts";
import { AddRaftVoterRequest, AddRaftVoterResponse } from "./messages/80-add-raft-voter.ts";
import { RemoveRaftVoterRequest, RemoveRaftVoterResponse } from "./messages/81-remove-raft-voter.ts";

/** What a client can ask of a broker: request and response, in the same versions. */
export interface Api<Request = any, RequestInput = any, Response = any, ResponseInput = any> {
  readonly name: string;
  readonly key: number;
  readonly request: Message<Request, RequestInput>;
  readonly response: Message<Response, ResponseInput>;
}

function pair<Q, QI, S, SI>(request: Message<Q, QI>, response: Message<S, SI>): Api<Q, QI, S, SI> {
  return { name: request.name, key: request.key, request, response };
}

/** Every API that is declared, by Kafka's name. What a broker serves of it: `advertised`. */
export const apis = {
  Produce: pair(ProduceRequest, ProduceResponse),
  Fetch: pair(FetchRequest, FetchResponse),
  ListOffsets: pair(ListOffsetsRequest, ListOffsetsResponse),
  Metadata: pair(MetadataRequest, MetadataResponse),
  OffsetCommit: pair(OffsetCommitRequest, OffsetCommitResponse),
  OffsetFetch: pair(OffsetFetchRequest, OffsetFetchResponse),
  FindCoordinator: pair(FindCoordinatorRequest, FindCoordinatorResponse),
  JoinGroup: pair(JoinGroupRequest, JoinGroupResponse),
  Heartbeat: pair(HeartbeatRequest, HeartbeatResponse),
  LeaveGroup: pair(LeaveGroupRequest, LeaveGroupResponse),
  SyncGroup: pair(SyncGroupRequest, SyncGroupResponse),
  DescribeGroups: pair(DescribeGroupsRequest, DescribeGroupsResponse),
  ListGroups: pair(ListGroupsRequest, ListGroupsResponse),
  ApiVersions: pair(ApiVersionsRequest, ApiVersionsResponse),
  CreateTopics: pair(CreateTopicsRequest, CreateTopicsResponse),
  DeleteTopics: pair(DeleteTopicsRequest, DeleteTopicsResponse),
  DeleteRecords: pair(DeleteRecordsRequest, DeleteRecordsResponse),
  InitProducerId: pair(InitProducerIdRequest, InitProducerIdResponse),
  OffsetForLeaderEpoch: pair(OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse),
  DescribeConfigs: pair(DescribeConfigsRequest, DescribeConfigsResponse),
  AlterConfigs: pair(AlterConfigsRequest, AlterConfigsResponse),
  DescribeLogDirs: pair(DescribeLogDirsRequest, DescribeLogDirsResponse),
  CreatePartitions: pair(CreatePartitionsRequest, CreatePartitionsResponse),
  DeleteGroups: pair(DeleteGroupsRequest, DeleteGroupsResponse),
  ElectLeaders: pair(ElectLeadersRequest, ElectLeadersResponse),
  IncrementalAlterConfigs: pair(IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse),
  AlterPartitionReassignments: pair(AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse),
  ListPartitionReassignments: pair(ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse),
  OffsetDelete: pair(OffsetDeleteRequest, OffsetDeleteResponse),
  DescribeQuorum: pair(DescribeQuorumRequest, DescribeQuorumResponse),
  UpdateFeatures: pair(UpdateFeaturesRequest, UpdateFeaturesResponse),
  DescribeCluster: pair(DescribeClusterRequest, DescribeClusterResponse),
  DescribeProducers: pair(DescribeProducersRequest, DescribeProducersResponse),
  UnregisterBroker: pair(UnregisterBrokerRequest, UnregisterBrokerResponse),
  ListConfigResources: pair(ListConfigResourcesRequest, ListConfigResourcesResponse),
  DescribeTopicPartitions: pair(DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse),
  AddRaftVoter: pair(AddRaftVoterRequest, AddRaftVoterResponse),
  RemoveRaftVoter: pair(RemoveRaftVoterRequest, RemoveRaftVoterResponse),
} as const satisfies Record<string, Api>;

export type ApiName = keyof typeof apis;
/** A request as its handler gets it: one shape for all versions. */
export type RequestOf<Name extends ApiName> = TypeOf<(typeof apis)[Name]["request"]>;
/** A response as a handler gives it. */
export type ResponseOf<Name extends ApiName> = InputOf<(typeof apis)[Name]["response"]>;

/** An API found by its key, whose messages only its name tells. */
export type NamedApi = Api & { readonly name: ApiName };

const apisByKey: ReadonlyMap<number, NamedApi> = new Map(Object.values<Api>(apis).map((each) => [each.key, each as NamedApi]));

/** The API of a key; undefined: none that is declared here. */
export function apiOf(key: number): NamedApi | undefined {
  return apisByKey.get(key);
}

/** The version of the header before a request: 2 has tagged fields, 1 has none (0, without client id, is gone). */
export function requestHeaderVersion(api: Api | undefined, version: number): 1 | 2 {
  return api !== undefined && includesVersion(api.request.flexible, version) ? 2 : 1;
}

/** The version of the header before a response. ApiVersions has 0 always: its client knows no version yet. */
export function responseHeaderVersion(api: Api, version: number): 0 | 1 {
  return api.key !== apis.ApiVersions.key && includesVersion(api.response.flexible, version) ? 1 : 0;
}
