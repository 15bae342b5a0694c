import type { ReplicaClient } from "../replica-client.ts";
import { commitOffset, fetchCommit } from "./commits.ts";
import { fetch } from "./fetch.ts";
import { cancelReassignment, electLeader, reassign } from "./leaders.ts";
import { produce, produceIdempotently } from "./produce.ts";
import { deleteRecords, listOffsets } from "./records.ts";
import { createTopic, deleteTopic, listTopics } from "./topics.ts";

/** Everything that clients of replicated brokers do, by name. Unanswered goes to the caller. */
export const replicasOperations = {
  "create topic": createTopic,
  "delete topic": deleteTopic,
  "list topics": listTopics,
  "elect leader": electLeader,
  reassign,
  "cancel reassignment": cancelReassignment,
  produce,
  "produce idempotently": produceIdempotently,
  fetch,
  "delete records": deleteRecords,
  "list offsets": listOffsets,
  "commit offset": commitOffset,
  "fetch commit": fetchCommit,
} as const satisfies Record<string, (client: ReplicaClient) => Promise<void>>;

export type ReplicasOperationName = keyof typeof replicasOperations;

export const replicasOperationNames: readonly ReplicasOperationName[] = Object.keys(replicasOperations) as ReplicasOperationName[];
