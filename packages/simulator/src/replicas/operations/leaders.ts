import { answered } from "../../brokers/operations/target.ts";
import type { ReplicaClient } from "../replica-client.ts";
import { drawTarget } from "./target.ts";

/** Lets the first replica of each partition lead again. */
export async function electLeader(client: ReplicaClient): Promise<void> {
  const request = { electionType: 0, topicPartitions: null, timeoutMs: 3_000 };
  const { errorCode } = await client.ask(client.anyNode(), "ElectLeaders", 2, request);
  client.note("elect leader", answered(errorCode, "elect leader"));
}

/** Moves a partition to other brokers, or lets others of its brokers come first. */
export async function reassign(client: ReplicaClient): Promise<void> {
  const { plan } = client.stage;
  const target = drawTarget(client);
  if (target === undefined) return;
  const factor = plan.topics.find(({ name }) => name === target.topic.name)!.replicationFactor;
  const ids = Array.from({ length: plan.brokers }, (_, index) => index + 1);
  const replicas = Array.from({ length: factor }, () => ids.splice(client.chance.below(ids.length), 1)[0]!);
  await alter(client, "reassign", target.topic.name, { partitionIndex: target.partition.index, replicas });
}

/** Gives up moving a partition. */
export async function cancelReassignment(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  await alter(client, "cancel reassignment", target.topic.name, { partitionIndex: target.partition.index, replicas: null });
}

async function alter(client: ReplicaClient, operation: string, name: string, partition: object): Promise<void> {
  const request = { timeoutMs: 3_000, topics: [{ name, partitions: [partition] }] };
  const { errorCode, responses } = await client.ask(client.anyNode(), "AlterPartitionReassignments", 0, request);
  client.note(operation, answered(errorCode || (responses[0]?.partitions[0]?.errorCode ?? 0), operation));
}
