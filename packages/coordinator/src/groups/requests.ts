import type {
  CommitOffsets,
  FetchOffsets,
  GroupClient,
  JoinGroup,
  LeavingMember,
  MemberRequest,
  SyncGroup,
  TopicPartitionName,
} from "../contract.ts";

/** What a shard of groups may be asked. Its answers are those of the methods of GroupCoordinator. */
export type GroupRequest =
  | { readonly type: "join"; readonly join: JoinGroup; readonly client: GroupClient }
  | { readonly type: "sync"; readonly sync: SyncGroup }
  | { readonly type: "heartbeat"; readonly heartbeat: MemberRequest }
  | { readonly type: "leave"; readonly groupId: string; readonly members: readonly LeavingMember[] }
  | { readonly type: "describe"; readonly groupId: string }
  | { readonly type: "deleteGroup"; readonly groupId: string }
  | { readonly type: "commit"; readonly commit: CommitOffsets }
  | { readonly type: "fetch"; readonly fetch: FetchOffsets }
  | { readonly type: "deleteOffsets"; readonly groupId: string; readonly partitions: readonly TopicPartitionName[] }
  | { readonly type: "topicsDeleted"; readonly names: readonly string[] };
