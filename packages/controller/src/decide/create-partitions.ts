import type { MetadataRecord, TopicImage } from "@millrace/metadata";
import { MillraceError } from "@millrace/vocabulary";
import { checkAssignment } from "../assignment.ts";
import type { MorePartitions } from "../controller.ts";
import { checkPartitionBounds, checkReplicationFactor, newPartitions } from "../new-partitions.ts";
import { place } from "../placement.ts";
import { targetReplicas } from "../reassignment.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** More partitions of a topic, with as many replicas as its first one has. Refuses as `createPartitions` says. */
export function decideCreatePartitions(surroundings: Surroundings, request: MorePartitions): Decision<undefined> {
  const { image } = surroundings;
  const topic = image.topics.byName(request.topic);
  if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: request.topic });
  const existing = topic.partitions.length;
  if (request.total <= existing) throw new MillraceError("INVALID_PARTITIONS", { topic: topic.name, partitions: request.total, existing });
  checkPartitionBounds(image, topic.name, existing, request.total - existing);
  checkReplicas(surroundings, topic, request);
  return { records: recordsOf(surroundings, topic, request), reply: undefined };
}

function checkReplicas({ image }: Surroundings, topic: TopicImage, { total, assignment }: MorePartitions): void {
  const replicas = targetReplicas(topic.partitions[0]!).length;
  if (assignment === undefined) return checkReplicationFactor(image, topic.name, replicas);
  const first = topic.partitions.length;
  if (assignment.length !== total - first)
    throw new MillraceError("INVALID_REPLICA_ASSIGNMENT", { topic: topic.name, assigned: assignment.length, added: total - first });
  checkAssignment(image, assignment, replicas, { topic: topic.name, firstPartition: first });
}

function* recordsOf(surroundings: Surroundings, topic: TopicImage, { total, assignment }: MorePartitions): Generator<MetadataRecord> {
  const { image, random } = surroundings;
  const existing = topic.partitions;
  const replicas = targetReplicas(existing[0]!).length;
  const placed = assignment ?? place(image, { existing, partitions: total - existing.length, replicas, random });
  yield* newPartitions(image, topic.id, existing.length, placed);
}
