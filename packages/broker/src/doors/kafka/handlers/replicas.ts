import type { ElectedLeader, Election, PartitionName } from "@millrace/controller";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { errorCodeOf, errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { onceEach } from "../once-each.ts";

const mutation = { resource: "cluster", access: "alter", quota: "controller_mutation" } as const;

/** Who leads partitions, and where their replicas are. */
export function replicasHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("ElectLeaders", mutation, (request, call) => elect(broker, request, call)),
    handler("AlterPartitionReassignments", mutation, (request, call) => reassign(broker, request, call)),
    handler("ListPartitionReassignments", { resource: "cluster", access: "describe", quota: "request" }, (request, call) =>
      list(broker, request, call),
    ),
  ];
}

/** By their numbers. */
const elections: readonly Election[] = ["preferred", "unclean"];

type Elect = RequestOf<"ElectLeaders">;
type Elected = ResponseOf<"ElectLeaders">["replicaElectionResults"][number];

async function elect(
  broker: Broker,
  { electionType, topicPartitions: topics }: Elect,
  { guard }: KafkaCall,
): Promise<ResponseOf<"ElectLeaders">> {
  const named = namesOf(topics ?? []);
  try {
    guard.checkCluster();
    guard.charge(named.length);
    if (topics?.length === 0) return { errorCode: 0, replicaElectionResults: [] };
    const election = elections[electionType];
    if (election === undefined) throw new MillraceError("INVALID_REQUEST", { electionType });
    const elected = await broker.controller.electLeaders(election, topics === null ? "all" : onceEach(named, keyOf));
    return { errorCode: 0, replicaElectionResults: topics === null ? resultsOfAll(broker, elected) : resultsOf(topics, elected) };
  } catch (error) {
    const failure = expectMillraceError(error);
    const failed = named.map((name): ElectedLeader => ({ ...name, failure }));
    return { errorCode: errorCodeOf(failure), replicaElectionResults: resultsOf(topics ?? [], failed) };
  }
}

function namesOf(topics: NonNullable<Elect["topicPartitions"]>): PartitionName[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((index) => ({ topic, index })));
}

/** As they were asked for: what is named twice is answered twice. */
function resultsOf(topics: NonNullable<Elect["topicPartitions"]>, elected: readonly ElectedLeader[]): Elected[] {
  const failures = new Map(elected.map((each) => [keyOf(each), each.failure]));
  return topics.map(({ topic, partitions }) => ({
    topic,
    partitionResult: partitions.map((index) => ({ partitionId: index, ...errorFields(failures.get(keyOf({ topic, index }))) })),
  }));
}

/** Every topic, with those of its partitions that needed an election. */
function resultsOfAll({ image }: Broker, elected: readonly ElectedLeader[]): Elected[] {
  const results = new Map([...image.topics.all()].map(({ name }) => [name, [] as Elected["partitionResult"][number][]]));
  for (const { topic, index, failure } of elected) results.get(topic)?.push({ partitionId: index, ...errorFields(failure) });
  return [...results].map(([topic, partitionResult]) => ({ topic, partitionResult }));
}

async function reassign(
  { controller }: Broker,
  { topics, allowReplicationFactorChange }: RequestOf<"AlterPartitionReassignments">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"AlterPartitionReassignments">> {
  const wanted = topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: index, replicas }) => ({ topic, index, replicas: replicas ?? undefined })),
  );
  try {
    guard.checkCluster();
    guard.charge(wanted.length);
    if (topics.length === 0) return { errorCode: 0, errorMessage: "", responses: [] };
    const failures = await controller.reassignPartitions(wanted, { allowReplicationFactorChange });
    let next = 0;
    const responses = topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...errorFields(failures[next++]) })),
    }));
    return { allowReplicationFactorChange, ...errorFields(undefined), responses };
  } catch (error) {
    return { allowReplicationFactorChange, ...errorFields(expectMillraceError(error)), responses: [] };
  }
}

/** Where nothing moves there is nothing to list, be it there or not. */
function list(
  { image }: Broker,
  { topics }: RequestOf<"ListPartitionReassignments">,
  { guard }: KafkaCall,
): ResponseOf<"ListPartitionReassignments"> {
  if (!guard.allowsCluster()) return { ...errorFields(new MillraceError("CLUSTER_AUTHORIZATION_FAILED")), topics: [] };
  const wanted = topics === null ? undefined : new Map(topics.map(({ name, partitionIndexes }) => [name, new Set(partitionIndexes)]));
  const found: ResponseOf<"ListPartitionReassignments">["topics"][number][] = [];
  for (const { name, partitions: all } of image.topics.all()) {
    const moving = all.filter(({ addingReplicas, removingReplicas }) => addingReplicas.length + removingReplicas.length > 0);
    const shown = wanted === undefined ? moving : moving.filter(({ index }) => wanted.get(name)?.has(index));
    const partitions = shown.map(({ index, replicas, addingReplicas, removingReplicas }) => ({
      partitionIndex: index,
      replicas,
      addingReplicas,
      removingReplicas,
    }));
    if (partitions.length > 0) found.push({ name, partitions });
  }
  return { ...errorFields(undefined), topics: found };
}

function keyOf({ topic, index }: PartitionName): string {
  return `${topic}-${index}`;
}
