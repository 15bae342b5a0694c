import type { MetadataImage, TopicImage } from "@millrace/metadata";
import type { Partition, Replicas } from "@millrace/replication";
import { MillraceError, type TopicId, topicNameFault } from "@millrace/vocabulary";

/** How a request names a topic. An id that is given wins. */
export type TopicRef = { readonly id: TopicId } | { readonly name: string };

/** Where topics and partitions are found. */
export interface Places {
  readonly image: MetadataImage;
  readonly replicas: Replicas;
}

/** The topic that is meant. UNKNOWN_TOPIC_ID or UNKNOWN_TOPIC_OR_PARTITION, by how it was named. */
export function locateTopic(image: MetadataImage, ref: TopicRef): TopicImage {
  if ("id" in ref) {
    const topic = image.topics.byId(ref.id);
    if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_ID", { topicId: ref.id });
    return topic;
  }
  const topic = image.topics.byName(ref.name);
  if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: ref.name });
  return topic;
}

/** INVALID_TOPIC_EXCEPTION for a name that no topic can have. */
export function checkTopicName(name: string): void {
  const reason = topicNameFault(name);
  if (reason !== undefined) throw new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: name, reason });
}

/**
 * This broker's replica of a partition. UNKNOWN_TOPIC_OR_PARTITION where there is no such partition; NOT_LEADER_OR_FOLLOWER, with
 * the leader in its facts, where another broker has it or its log is still being opened here.
 */
export function locatePartition({ image, replicas }: Places, ref: TopicRef, index: number): Partition {
  return replicaOf(replicas, locateTopic(image, ref), index);
}

/** As locatePartition, of a topic that was found already. */
export function replicaOf(replicas: Replicas, topic: TopicImage, index: number): Partition {
  const state = topic.partitions[index];
  if (state === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: topic.name, partition: index });
  const partition = replicas.partition(topic.id, index);
  if (partition !== undefined) return partition;
  throw new MillraceError("NOT_LEADER_OR_FOLLOWER", {
    partition: `${topic.name}-${index}`,
    leader: state.leader,
    leaderEpoch: state.leaderEpoch,
  });
}
