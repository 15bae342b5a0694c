import type { MetadataRecord } from "@millrace/metadata";
import { type BrokerId, MillraceError, TopicId, topicNameFault } from "@millrace/vocabulary";
import { checkAssignment } from "../assignment.ts";
import type { CreatedTopic, NewTopic } from "../controller.ts";
import { checkPartitionBounds, checkReplicationFactor, newPartitions } from "../new-partitions.ts";
import { place } from "../placement.ts";
import { checkTopicSetting, settingRecords } from "../settings.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** Where a topic's partitions will be. */
interface Layout {
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Replicas by partition, where somebody chose them. */
  readonly assignment: readonly (readonly BrokerId[])[] | undefined;
}

/** A topic, with its settings and partitions. Refuses as `createTopics` says. */
export function decideCreateTopic(surroundings: Surroundings, topic: NewTopic): Decision<CreatedTopic> {
  checkName(surroundings, topic.name);
  for (const [key, value] of topic.overrides) checkTopicSetting(topic.name, key, value);
  const layout = topic.assignment === undefined ? numbered(surroundings, topic) : assigned(surroundings, topic, topic.assignment);
  const id = TopicId(surroundings.random.uuid());
  const { partitions, replicationFactor } = layout;
  return {
    records: recordsOf(surroundings, id, topic, layout),
    reply: { id, name: topic.name, partitions, replicationFactor, overrides: topic.overrides },
  };
}

function checkName({ image }: Surroundings, name: string): void {
  const reason = topicNameFault(name);
  if (reason !== undefined) throw new MillraceError("INVALID_TOPIC_EXCEPTION", { reason });
  if (image.topics.byName(name) !== undefined) throw new MillraceError("TOPIC_ALREADY_EXISTS", { topic: name });
  const other = image.topics.colliding(name);
  if (other !== undefined)
    throw new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: name, reason: `it collides with ${other.name}: . and _ count as one` });
}

/** The layout of a topic that says how many, or leaves that to the configuration. */
function numbered({ image, configuration }: Surroundings, topic: NewTopic): Layout {
  const partitions = topic.partitions === -1 ? configuration.get("num.partitions") : topic.partitions;
  const replicationFactor = topic.replicationFactor === -1 ? configuration.get("default.replication.factor") : topic.replicationFactor;
  if (partitions < 1) throw new MillraceError("INVALID_PARTITIONS", { topic: topic.name, partitions });
  checkPartitionBounds(image, topic.name, 0, partitions);
  checkReplicationFactor(image, topic.name, replicationFactor);
  return { partitions, replicationFactor, assignment: undefined };
}

/** The layout of a topic that says where. */
function assigned({ image }: Surroundings, topic: NewTopic, assignment: readonly (readonly BrokerId[])[]): Layout {
  const { name, partitions, replicationFactor } = topic;
  if (partitions !== -1 || replicationFactor !== -1)
    throw new MillraceError("INVALID_REQUEST", {
      topic: name,
      partitions,
      replicationFactor,
      reason: "with an assignment both must be -1",
    });
  if (assignment.length === 0) throw new MillraceError("INVALID_PARTITIONS", { topic: name, partitions: 0 });
  checkPartitionBounds(image, name, 0, assignment.length);
  const replicas = assignment[0]!.length;
  checkAssignment(image, assignment, replicas, { topic: name, firstPartition: 0 });
  return { partitions: assignment.length, replicationFactor: replicas, assignment };
}

function* recordsOf(surroundings: Surroundings, topicId: TopicId, topic: NewTopic, layout: Layout): Generator<MetadataRecord> {
  const { image, random } = surroundings;
  const { partitions, replicationFactor: replicas, assignment } = layout;
  yield { type: "Topic", topicId, name: topic.name };
  yield* settingRecords({ type: "topic", id: topicId }, new Map(), topic.overrides);
  yield* newPartitions(image, topicId, 0, assignment ?? place(image, { existing: [], partitions, replicas, random }));
}
