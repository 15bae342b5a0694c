import { shardOf } from "@millrace/coordinator";
import type { BrokerImage, MetadataImage } from "@millrace/metadata";
import { type Configuration, MillraceError, offsetsTopic } from "@millrace/vocabulary";
import type { Topics } from "./topics.ts";

/** What finding a coordinator needs of the broker. */
export interface CoordinatorSurroundings {
  readonly image: MetadataImage;
  readonly configuration: Configuration;
  readonly topics: Topics;
}

/**
 * The broker that coordinates a group: the leader of the group's partition of __consumer_offsets. COORDINATOR_NOT_AVAILABLE while
 * there is none; where the topic itself is missing, its creation begins.
 */
export function groupCoordinatorOf({ image, topics }: CoordinatorSurroundings, groupId: string): BrokerImage {
  const topic = image.topics.byName(offsetsTopic);
  if (topic === undefined) {
    topics.createMissing([offsetsTopic]);
    throw new MillraceError("COORDINATOR_NOT_AVAILABLE", { groupId, reason: `${offsetsTopic} is being created` });
  }
  const partition = topic.partitions[shardOf(groupId, topic.partitions.length)];
  const leader = partition === undefined ? undefined : image.brokers.get(partition.leader);
  if (leader === undefined || leader.isFenced)
    throw new MillraceError("COORDINATOR_NOT_AVAILABLE", { groupId, partition: partition?.index });
  return leader;
}
