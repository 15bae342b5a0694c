/** Consumer groups: who is in them, and what they have committed. */

// For the broker.
export { groupCoordinator } from "./group-coordinator.ts";
export type { GroupCoordinatorOptions } from "./group-coordinator.ts";
export { shardOf } from "./shard-of.ts";
export type { GroupCounters } from "./counters.ts";
export type {
  CommitOffsets,
  CommittedOffset,
  FetchOffsets,
  GroupClient,
  GroupCoordinator,
  GroupDescription,
  GroupListing,
  GroupState,
  GroupSurroundings,
  JoinedGroup,
  JoinGroup,
  LeavingMember,
  MemberRequest,
  SyncedGroup,
  SyncGroup,
  TopicPartitionName,
} from "./contract.ts";
export type { ShardLog, ShardLogObserver } from "./shard/shard-log.ts";
