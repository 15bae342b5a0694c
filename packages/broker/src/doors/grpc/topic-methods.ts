import type { Draft } from "@millrace/contracts";
import {
  Admin,
  type CreatePartitionsRequest,
  type CreatePartitionsResponse,
  type CreateTopicsRequest,
  type CreateTopicsResponse,
  type DeleteRecordsRequest,
  type DeleteRecordsResponse,
  type DeleteTopicsRequest,
  type DeleteTopicsResponse,
  type DescribeTopicsRequest,
  type DescribeTopicsResponse,
  type ListTopicsRequest,
  type ListTopicsResponse,
  type NewTopic as NewTopicMessage,
  type Replicas,
  type TopicDescription,
} from "@millrace/contracts/admin";
import type { NewTopic } from "@millrace/controller";
import type { TopicImage } from "@millrace/metadata";
import type { PeerMethod } from "@millrace/runtime";
import { BrokerId, MillraceError, noBroker, Offset, uuidToBytes } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { deleteRecords } from "../../operations/delete-records.ts";
import { locateTopic } from "../../operations/locate.ts";
import { attempt, failureDraft, topicRef } from "./drafts.ts";
import type { GrpcCall, Unary } from "./unary.ts";

const mutation = { resource: "topic", quota: "controller_mutation" } as const;
const description = { resource: "topic", access: "describe", quota: "request" } as const;

/** Creating, finding, growing, emptying and deleting topics. */
export function topicMethods(broker: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Admin.createTopics, { ...mutation, access: "create" }, (request, call) => create(broker, request, call)),
    unary(Admin.listTopics, description, (request, call) => list(broker, request, call)),
    unary(Admin.describeTopics, description, (request, call) => describe(broker, request, call)),
    unary(Admin.deleteTopics, { ...mutation, access: "delete" }, (request, call) => remove(broker, request, call)),
    unary(Admin.createPartitions, { ...mutation, access: "alter" }, (request, call) => grow(broker, request, call)),
    unary(Admin.deleteRecords, { resource: "topic", access: "delete", quota: "request" }, (request, call) => empty(broker, request, call)),
  ];
}

async function create(
  broker: Broker,
  { topics, validateOnly }: CreateTopicsRequest,
  { guard }: GrpcCall,
): Promise<Draft<CreateTopicsResponse>> {
  for (const { name } of topics) guard.check(name);
  guard.charge(topics.length);
  const results = await broker.topics.create(topics.map(newTopic), { validateOnly });
  return {
    topics: results.map((result, index) =>
      result instanceof MillraceError
        ? { failure: failureDraft(result), name: topics[index]!.name }
        : { name: result.name, id: uuidToBytes(result.id), partitions: result.partitions, replicationFactor: result.replicationFactor },
    ),
  };
}

function newTopic({ name, partitions, replicationFactor, assignment, configs }: NewTopicMessage): NewTopic {
  return {
    name,
    partitions: partitions ?? -1,
    replicationFactor: replicationFactor ?? -1,
    overrides: new Map(Object.entries(configs)),
    ...assignmentOf(assignment),
  };
}

function assignmentOf(assignment: readonly Replicas[]): { assignment?: BrokerId[][] } {
  return assignment.length === 0 ? {} : { assignment: assignment.map(({ brokers }) => brokers.map((id) => BrokerId(id))) };
}

function list(broker: Broker, { includeInternal }: ListTopicsRequest, { guard }: GrpcCall): Draft<ListTopicsResponse> {
  const shown = [...broker.image.topics.all()].filter((topic) => (includeInternal || !topic.isInternal) && guard.allows(topic.name));
  return {
    topics: shown.map(({ name, id, isInternal, partitions }) => ({
      name,
      id: uuidToBytes(id),
      internal: isInternal,
      partitions: partitions.length,
      replicationFactor: partitions[0]?.replicas.length ?? 0,
    })),
  };
}

async function describe(broker: Broker, { topics }: DescribeTopicsRequest, { guard }: GrpcCall): Promise<Draft<DescribeTopicsResponse>> {
  const described = topics.map(async ({ name, id }): Promise<Draft<TopicDescription>> => {
    const topic = await attempt(() => locateTopic(broker.image, topicRef(name, id)));
    if (topic instanceof MillraceError) return { failure: failureDraft(topic), name, id };
    guard.check(topic.name);
    return topicDraft(topic);
  });
  return { topics: await Promise.all(described) };
}

function topicDraft({ id, name, isInternal, partitions, overrides }: TopicImage): Draft<TopicDescription> {
  return {
    name,
    id: uuidToBytes(id),
    internal: isInternal,
    partitions: partitions.map(({ index, leader, leaderEpoch, replicas, isr, eligibleLeaders }) => ({
      partition: index,
      leader: leader === noBroker ? undefined : leader,
      leaderEpoch,
      replicas: [...replicas],
      isr: [...isr],
      eligibleLeaders: [...eligibleLeaders],
    })),
    configs: Object.fromEntries(overrides),
  };
}

async function remove(broker: Broker, { topics }: DeleteTopicsRequest, { guard }: GrpcCall): Promise<Draft<DeleteTopicsResponse>> {
  guard.charge(topics.length);
  const outcomes = topics.map(async ({ name, id }) => {
    const outcome = await attempt(() => removeOne(broker, locateTopic(broker.image, topicRef(name, id)), guard));
    return { failure: failureDraft(outcome) };
  });
  return { outcomes: await Promise.all(outcomes) };
}

async function removeOne(broker: Broker, { id, name }: TopicImage, guard: GrpcCall["guard"]): Promise<undefined> {
  guard.check(name);
  if (!broker.configuration.get("delete.topic.enable")) throw new MillraceError("TOPIC_DELETION_DISABLED", { topic: name });
  const [error] = await broker.controller.deleteTopics([id]);
  if (error !== undefined) throw error;
}

async function grow(
  broker: Broker,
  { topics, validateOnly }: CreatePartitionsRequest,
  { guard }: GrpcCall,
): Promise<Draft<CreatePartitionsResponse>> {
  for (const { topic } of topics) guard.check(topic);
  guard.charge(topics.length);
  const requests = topics.map(({ topic, total, assignment }) => ({ topic, total, ...assignmentOf(assignment) }));
  const outcomes = await broker.controller.createPartitions(requests, { validateOnly });
  await broker.replicas.settled();
  return { outcomes: outcomes.map((outcome) => ({ failure: failureDraft(outcome) })) };
}

async function empty(broker: Broker, { partitions }: DeleteRecordsRequest, { guard }: GrpcCall): Promise<Draft<DeleteRecordsResponse>> {
  const outcomes = partitions.map(async ({ topic, partition, beforeOffset }) => {
    guard.check(topic);
    const logStart = await attempt(() => deleteRecords(broker, topic, partition, Offset(beforeOffset ?? -1)));
    return logStart instanceof MillraceError ? { failure: failureDraft(logStart) } : { logStart };
  });
  return { partitions: await Promise.all(outcomes) };
}
