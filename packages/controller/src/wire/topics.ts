import { type Draft, errorOf, failureOf } from "@millrace/contracts";
import type {
  CreatedTopic as CreatedTopicMessage,
  MorePartitions as MorePartitionsMessage,
  NewTopic as NewTopicMessage,
  Outcome,
  Replicas,
} from "@millrace/contracts/admin";
import { BrokerId, MillraceError, TopicId, uuidFromBytes, uuidToBytes } from "@millrace/vocabulary";
import type { CreatedTopic, MorePartitions, NewTopic } from "../controller.ts";

export function newTopicDraft({ overrides, assignment = [], ...rest }: NewTopic): Draft<NewTopicMessage> {
  return { ...rest, configs: Object.fromEntries(overrides), assignment: assignment.map((brokers) => ({ brokers })) };
}

export function newTopicOf({ name, partitions, replicationFactor, configs, assignment }: NewTopicMessage): NewTopic {
  const overrides = new Map(Object.entries(configs));
  return { name, partitions: partitions ?? -1, replicationFactor: replicationFactor ?? -1, overrides, ...assignmentOf(assignment) };
}

export function morePartitionsDraft({ topic, total, assignment = [] }: MorePartitions): Draft<MorePartitionsMessage> {
  return { topic, total, assignment: assignment.map((brokers) => ({ brokers })) };
}

export function morePartitionsOf({ topic, total, assignment }: MorePartitionsMessage): MorePartitions {
  return { topic, total, ...assignmentOf(assignment) };
}

function assignmentOf(assignment: readonly Replicas[]): { assignment?: BrokerId[][] } {
  return assignment.length === 0 ? {} : { assignment: assignment.map(({ brokers }) => brokers.map((id) => BrokerId(id))) };
}

export function createdTopicDraft(result: CreatedTopic | MillraceError): Draft<CreatedTopicMessage> {
  if (result instanceof MillraceError) return { failure: failureOf(result) };
  const { id, name, partitions, replicationFactor } = result;
  return { id: uuidToBytes(id), name, partitions, replicationFactor };
}

/** @param asked what was asked for; its settings are the topic's */
export function createdTopicOf({ failure, id, ...rest }: CreatedTopicMessage, asked: NewTopic): CreatedTopic | MillraceError {
  if (failure !== null) return errorOf(failure);
  const { name, partitions, replicationFactor } = rest;
  return { id: topicIdOf(id), name, partitions, replicationFactor, overrides: asked.overrides };
}

export function outcomeDraft(result: undefined | MillraceError): Draft<Outcome> {
  return { failure: result === undefined ? undefined : failureOf(result) };
}

export function outcomeOf({ failure }: Outcome): undefined | MillraceError {
  return failure === null ? undefined : errorOf(failure);
}

/** INVALID_REQUEST where the bytes are no id. */
export function topicIdOf(bytes: Buffer): TopicId {
  if (bytes.length !== 16) throw new MillraceError("INVALID_REQUEST", { topicIdBytes: bytes.length, expected: 16 });
  return TopicId(uuidFromBytes(bytes));
}
