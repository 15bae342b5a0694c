import type { MillraceError, Offset, TopicId } from "@millrace/vocabulary";
import type { GroupCounters } from "./counters.ts";
import type { ShardLog } from "./shard/shard-log.ts";

/** What a coordinator of groups asks of its surroundings. */
export interface GroupSurroundings {
  /** Whether the partition exists, for OffsetCommit. */
  hasPartition(topic: string, partition: number): boolean;
  topicId(topic: string): TopicId | undefined;
  /** Partitions that a topic has. Where this is not offered, or there is no such topic, __consumer_offsets has offsets.topic.num.partitions. */
  partitionCount?(topic: string): number | undefined;
}

/** Who asks: what a member's description shows. */
export interface GroupClient {
  readonly clientId: string;
  /** As Kafka shows it: `/127.0.0.1`. */
  readonly host: string;
}

/**
 * The groups that this broker coordinates. Every method resolves when all that its answer rests on is committed; it throws
 * NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, INVALID_GROUP_ID, and what stands at each.
 */
export interface GroupCoordinator {
  /** This broker leads a partition of __consumer_offsets now: reads it and serves its groups. */
  lead(partition: number, leaderEpoch: number, log: ShardLog): void;
  /** It leads it no more: parked requests end with NOT_COORDINATOR. */
  resign(partition: number): void;
  /**
   * Topics that are gone: their offsets go too. Told when the surroundings know it already: offsets of a topic that has
   * the name by then stay.
   */
  topicsDeleted(names: readonly string[]): void;

  /**
   * Answered when the other members have joined, too. INVALID_SESSION_TIMEOUT, UNKNOWN_MEMBER_ID, GROUP_MAX_SIZE_REACHED,
   * INCONSISTENT_GROUP_PROTOCOL, MEMBER_ID_REQUIRED, FENCED_INSTANCE_ID, REBALANCE_IN_PROGRESS.
   */
  joinGroup(request: JoinGroup, client: GroupClient): Promise<JoinedGroup>;
  /**
   * Answered when the leader has assigned. UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL,
   * REBALANCE_IN_PROGRESS.
   */
  syncGroup(request: SyncGroup): Promise<SyncedGroup>;
  /** UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION; REBALANCE_IN_PROGRESS calls the member to join again. */
  heartbeat(request: MemberRequest): Promise<void>;
  /** By member: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID. */
  leaveGroup(groupId: string, members: readonly LeavingMember[]): Promise<(MillraceError | undefined)[]>;
  /**
   * UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, GROUP_ID_NOT_FOUND; by partition
   * UNKNOWN_TOPIC_OR_PARTITION, OFFSET_METADATA_TOO_LARGE, INVALID_COMMIT_OFFSET_SIZE.
   */
  commitOffsets(request: CommitOffsets): Promise<(MillraceError | undefined)[]>;
  /** By partition UNSTABLE_OFFSET_COMMIT. */
  fetchOffsets(request: FetchOffsets): Promise<CommittedOffset[]>;
  /** GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP; by partition GROUP_SUBSCRIBED_TO_TOPIC. */
  deleteOffsets(groupId: string, partitions: readonly TopicPartitionName[]): Promise<(MillraceError | undefined)[]>;
  /** GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP. */
  deleteGroup(groupId: string): Promise<void>;
  /** GROUP_ID_NOT_FOUND: DescribeGroups before version 6 calls such a group Dead. */
  describeGroup(groupId: string): Promise<GroupDescription>;
  /**
   * Every group of every shard that this broker serves, as it stands in memory: the one answer that does not wait for a
   * commit. `isLoading` while a shard is still being read.
   */
  listGroups(): { groups: GroupListing[]; isLoading: boolean };
  /** What has happened so far. */
  readonly counters: Readonly<GroupCounters>;
  /** Refuses what is parked, and all that comes, with COORDINATOR_NOT_AVAILABLE. */
  close(): Promise<void>;
}

export interface TopicPartitionName {
  readonly topic: string;
  readonly partition: number;
}

export interface JoinGroup {
  readonly groupId: string;
  /** Empty: a member that has none yet. */
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  /** In the member's order of preference. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Buffer }[];
  readonly reason: string | undefined;
  /** Whether a dynamic member without id is sent away with MEMBER_ID_REQUIRED and an id (JoinGroup version 4 and later). */
  readonly requiresKnownMemberId: boolean;
  /** Whether a static leader that returns can be told to skip its assignment (JoinGroup version 9). */
  readonly supportsSkippingAssignment: boolean;
}

/** With MEMBER_ID_REQUIRED and the like the error's facts hold `memberId`. */
export interface JoinedGroup {
  readonly generationId: number;
  readonly protocolType: string;
  readonly protocolName: string;
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** For the leader alone; empty for the others. */
  readonly members: readonly { readonly memberId: string; readonly groupInstanceId: string | undefined; readonly metadata: Buffer }[];
}

export interface MemberRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
}

export interface SyncGroup extends MemberRequest {
  /** Undefined: a version that does not say; otherwise they must match the group's. */
  readonly protocolType: string | undefined;
  readonly protocolName: string | undefined;
  /** From the leader; empty from the others. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Buffer }[];
}

export interface SyncedGroup {
  readonly protocolType: string;
  readonly protocolName: string;
  readonly assignment: Buffer;
}

export interface LeavingMember {
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  readonly reason: string | undefined;
}

export interface CommitOffsets {
  readonly groupId: string;
  /** -1: a client that is no member. */
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  /** Of OffsetCommit versions 2 to 4; undefined: the broker's. */
  readonly retentionMs: number | undefined;
  /** OffsetCommit version 9 and later answers GROUP_ID_NOT_FOUND where earlier ones answer ILLEGAL_GENERATION. */
  readonly reportsMissingGroup: boolean;
  readonly partitions: readonly (TopicPartitionName & {
    readonly offset: Offset;
    readonly leaderEpoch: number;
    readonly metadata: string;
  })[];
}

export interface FetchOffsets {
  readonly groupId: string;
  /** Undefined: everything the group has committed. */
  readonly partitions: readonly TopicPartitionName[] | undefined;
  /** UNSTABLE_OFFSET_COMMIT where an open transaction holds an offset back. */
  readonly requireStable: boolean;
}

/** Offset -1: nothing was committed. */
export interface CommittedOffset extends TopicPartitionName {
  readonly offset: Offset;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly error: MillraceError | undefined;
}

/** Kafka's words for the state of a classic group. */
export type GroupState = "PreparingRebalance" | "CompletingRebalance" | "Stable" | "Dead" | "Empty";

export interface GroupListing {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: GroupState;
  readonly groupType: "classic" | "consumer";
}

export interface GroupDescription {
  readonly groupId: string;
  readonly state: GroupState;
  readonly protocolType: string;
  readonly protocolName: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | undefined;
    readonly clientId: string;
    readonly clientHost: string;
    readonly metadata: Buffer;
    readonly assignment: Buffer;
  }[];
}
