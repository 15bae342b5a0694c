import type { ReplicaClient } from "../replica-client.ts";
import { fetch } from "./fetch.ts";
import { produce } from "./produce.ts";
import { createTopic, electLeader, listTopics } from "./topics.ts";

/** Everything that clients of replicated brokers do, by name. Unanswered goes to the caller. */
export const replicasOperations = {
  "create topic": createTopic,
  "list topics": listTopics,
  "elect leader": electLeader,
  produce,
  fetch,
} as const satisfies Record<string, (client: ReplicaClient) => Promise<void>>;

export type ReplicasOperationName = keyof typeof replicasOperations;

export const replicasOperationNames: readonly ReplicasOperationName[] = Object.keys(replicasOperations) as ReplicasOperationName[];
