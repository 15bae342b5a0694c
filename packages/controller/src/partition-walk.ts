import type { MetadataImage, PartitionChange, PartitionImage } from "@millrace/metadata";
import type { BrokerId, TopicId } from "@millrace/vocabulary";
import { changesPerProposal } from "./bounds.ts";

/** A place among all partitions, in the order of topic names. */
export interface PartitionPlace {
  readonly topic: string;
  readonly index: number;
}

/** Where every walk begins. */
export const firstPlace: PartitionPlace = { topic: "", index: 0 };

/** The changes of one stretch of a walk, and where the next one begins; undefined: the walk is over. */
export interface Stretch {
  readonly changes: readonly PartitionChange[];
  readonly next: PartitionPlace | undefined;
}

/**
 * Walks over the partitions that have a replica on a broker, from a place on, until its changes fill a proposal. Topics that
 * begin or end between two stretches do not disturb it.
 */
export function walkPartitions(
  image: MetadataImage,
  broker: BrokerId,
  from: PartitionPlace,
  changeOf: (topicId: TopicId, partition: PartitionImage) => PartitionChange | undefined,
): Stretch {
  const changes: PartitionChange[] = [];
  for (const topic of image.topics.all(from.topic)) {
    for (let index = topic.name === from.topic ? from.index : 0; index < topic.partitions.length; index++) {
      if (changes.length === changesPerProposal) return { changes, next: { topic: topic.name, index } };
      const partition = topic.partitions[index]!;
      const change = partition.replicas.includes(broker) ? changeOf(topic.id, partition) : undefined;
      if (change !== undefined) changes.push(change);
    }
  }
  return { changes, next: undefined };
}
