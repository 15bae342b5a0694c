import type { MessageType, UnaryMethod } from "../message.ts";
import type { Failure } from "./failure.js";

export interface FindCoordinatorRequest {
  groupId: string;
}
export const FindCoordinatorRequest: MessageType<FindCoordinatorRequest>;

export interface FindCoordinatorResponse {
  broker: number;
  host: string;
  port: number;
}
export const FindCoordinatorResponse: MessageType<FindCoordinatorResponse>;

export interface JoinRequest {
  groupId: string;
  /** Empty: a member that has none yet. */
  memberId: string;
  /** Of a static member. */
  groupInstanceId: string | null;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  /** consumer */
  protocolType: string;
  /** In the member's order of preference. */
  protocols: GroupProtocol[];
  /** Why it joins, for the log. */
  reason: string | null;
}
export const JoinRequest: MessageType<JoinRequest>;

export interface GroupProtocol {
  /** Of the assignor: range */
  name: string;
  /** Kafka's ConsumerProtocolSubscription. */
  metadata: Buffer;
}
export const GroupProtocol: MessageType<GroupProtocol>;

export interface JoinResponse {
  generationId: number;
  protocolType: string;
  protocolName: string;
  /** The member id of the leader. */
  leader: string;
  memberId: string;
  /** To a static leader that returned: the assignments stand, compute none. */
  skipAssignment: boolean;
  /** For the leader alone. */
  members: JoinedMember[];
}
export const JoinResponse: MessageType<JoinResponse>;

export interface JoinedMember {
  memberId: string;
  groupInstanceId: string | null;
  metadata: Buffer;
}
export const JoinedMember: MessageType<JoinedMember>;

/** Names the member that asks. */
export interface Member {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
}
export const Member: MessageType<Member>;

export interface SyncRequest {
  member: Member | null;
  /** These two must match the group's where they are there. */
  protocolType: string | null;
  protocolName: string | null;
  /** From the leader alone. */
  assignments: MemberAssignment[];
}
export const SyncRequest: MessageType<SyncRequest>;

export interface MemberAssignment {
  memberId: string;
  /** Kafka's ConsumerProtocolAssignment. */
  assignment: Buffer;
}
export const MemberAssignment: MessageType<MemberAssignment>;

export interface SyncResponse {
  protocolType: string;
  protocolName: string;
  /** Empty: nothing. */
  assignment: Buffer;
}
export const SyncResponse: MessageType<SyncResponse>;

export interface HeartbeatRequest {
  member: Member | null;
}
export const HeartbeatRequest: MessageType<HeartbeatRequest>;

export interface HeartbeatResponse {
}
export const HeartbeatResponse: MessageType<HeartbeatResponse>;

export interface LeaveRequest {
  groupId: string;
  members: LeavingMember[];
}
export const LeaveRequest: MessageType<LeaveRequest>;

export interface LeavingMember {
  /** Empty: the static member that its instance id names. */
  memberId: string;
  groupInstanceId: string | null;
  reason: string | null;
}
export const LeavingMember: MessageType<LeavingMember>;

/** In the order of the request. */
export interface LeaveResponse {
  outcomes: Outcome[];
}
export const LeaveResponse: MessageType<LeaveResponse>;

/** How one entry of a request went. */
export interface Outcome {
  /** Absent: well. */
  failure: Failure | null;
}
export const Outcome: MessageType<Outcome>;

export interface CommitOffsetsRequest {
  /** Generation -1 with an empty member id: a client that is no member. */
  member: Member | null;
  offsets: CommittedOffset[];
}
export const CommitOffsetsRequest: MessageType<CommitOffsetsRequest>;

export interface CommittedOffset {
  topic: string;
  partition: number;
  /** Of the next record to read. */
  offset: number;
  /** Of the last record that was read. */
  leaderEpoch: number | null;
  metadata: string;
}
export const CommittedOffset: MessageType<CommittedOffset>;

/** In the order of the request. */
export interface CommitOffsetsResponse {
  outcomes: Outcome[];
}
export const CommitOffsetsResponse: MessageType<CommitOffsetsResponse>;

export interface FetchOffsetsRequest {
  groupId: string;
  /** Everything that the group has committed, whatever the list holds. */
  all: boolean;
  partitions: TopicPartition[];
  /** UNSTABLE_OFFSET_COMMIT where an open transaction holds an offset back. */
  requireStable: boolean;
}
export const FetchOffsetsRequest: MessageType<FetchOffsetsRequest>;

export interface TopicPartition {
  topic: string;
  partition: number;
}
export const TopicPartition: MessageType<TopicPartition>;

export interface FetchOffsetsResponse {
  offsets: FetchedOffset[];
}
export const FetchOffsetsResponse: MessageType<FetchOffsetsResponse>;

export interface FetchedOffset {
  failure: Failure | null;
  topic: string;
  partition: number;
  /** Absent: nothing was committed. */
  offset: number | null;
  leaderEpoch: number | null;
  metadata: string;
}
export const FetchedOffset: MessageType<FetchedOffset>;

export interface DeleteOffsetsRequest {
  groupId: string;
  partitions: TopicPartition[];
}
export const DeleteOffsetsRequest: MessageType<DeleteOffsetsRequest>;

/** In the order of the request. */
export interface DeleteOffsetsResponse {
  outcomes: Outcome[];
}
export const DeleteOffsetsResponse: MessageType<DeleteOffsetsResponse>;

export interface ListGroupsRequest {
}
export const ListGroupsRequest: MessageType<ListGroupsRequest>;

export interface ListGroupsResponse {
  groups: GroupListing[];
  /** A shard is still being read: ask again for the whole list. */
  loading: boolean;
}
export const ListGroupsResponse: MessageType<ListGroupsResponse>;

export interface GroupListing {
  groupId: string;
  protocolType: string;
  /** Kafka's word: PreparingRebalance, CompletingRebalance, Stable, Dead, Empty. */
  state: string;
  /** classic or consumer */
  groupType: string;
}
export const GroupListing: MessageType<GroupListing>;

export interface DescribeGroupRequest {
  groupId: string;
}
export const DescribeGroupRequest: MessageType<DescribeGroupRequest>;

export interface DescribeGroupResponse {
  groupId: string;
  /** Kafka's word: PreparingRebalance, CompletingRebalance, Stable, Dead, Empty. */
  state: string;
  protocolType: string;
  protocolName: string;
  members: GroupMember[];
}
export const DescribeGroupResponse: MessageType<DescribeGroupResponse>;

export interface GroupMember {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  /** Kafka's ConsumerProtocolSubscription. */
  metadata: Buffer;
  /** Kafka's ConsumerProtocolAssignment. */
  assignment: Buffer;
}
export const GroupMember: MessageType<GroupMember>;

export interface DeleteGroupRequest {
  groupId: string;
}
export const DeleteGroupRequest: MessageType<DeleteGroupRequest>;

export interface DeleteGroupResponse {
}
export const DeleteGroupResponse: MessageType<DeleteGroupResponse>;

/**
 * Kafka's classic group protocol as calls: members that speak it, over either door, share groups. All but FindCoordinator and
 * ListGroups are asked of the group's coordinator: NOT_COORDINATOR says that it has moved. A call carries the header
 * millrace-client-id, which descriptions of the group show.
 */
export const Groups: {
  /** Where the group's coordinator is reached. COORDINATOR_NOT_AVAILABLE while there is none. */
  readonly findCoordinator: UnaryMethod<FindCoordinatorRequest, FindCoordinatorResponse>;
  /**
   * Enters the next generation; answered when it is complete, which may take the rebalance time-out of its slowest member. A
   * dynamic member without an id is sent away with MEMBER_ID_REQUIRED, whose facts hold `memberId`: join again with it.
   */
  readonly join: UnaryMethod<JoinRequest, JoinResponse>;
  /** Brings the leader's assignments, and fetches the member's own. */
  readonly sync: UnaryMethod<SyncRequest, SyncResponse>;
  /** Keeps the member alive. REBALANCE_IN_PROGRESS: join again. */
  readonly heartbeat: UnaryMethod<HeartbeatRequest, HeartbeatResponse>;
  readonly leave: UnaryMethod<LeaveRequest, LeaveResponse>;
  readonly commitOffsets: UnaryMethod<CommitOffsetsRequest, CommitOffsetsResponse>;
  readonly fetchOffsets: UnaryMethod<FetchOffsetsRequest, FetchOffsetsResponse>;
  readonly deleteOffsets: UnaryMethod<DeleteOffsetsRequest, DeleteOffsetsResponse>;
  /** The groups that this broker coordinates. */
  readonly listGroups: UnaryMethod<ListGroupsRequest, ListGroupsResponse>;
  readonly describeGroup: UnaryMethod<DescribeGroupRequest, DescribeGroupResponse>;
  /** NON_EMPTY_GROUP while it has members. */
  readonly deleteGroup: UnaryMethod<DeleteGroupRequest, DeleteGroupResponse>;
};
