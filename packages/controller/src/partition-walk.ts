import type { MetadataImage, PartitionImage, TopicImage } from "@millrace/metadata";
import type { BrokerId } from "@millrace/vocabulary";
import { changesPerProposal } from "./bounds.ts";
import type { DecidedChange } from "./partition-revision.ts";

/** A place among all partitions, in the order of topic names. */
export interface PartitionPlace {
  readonly topic: string;
  readonly index: number;
}

/** Where every walk begins. */
export const firstPlace: PartitionPlace = { topic: "", index: 0 };

/** The changes of one stretch of a walk, and where the next one begins; undefined: the walk is over. */
export interface Stretch {
  readonly changes: readonly DecidedChange[];
  readonly next: PartitionPlace | undefined;
}

/** Says what changes about a partition that a walk comes by. */
export type ChangeOf = (topic: TopicImage, partition: PartitionImage) => DecidedChange | undefined;

/**
 * Walks over all partitions, from a place on, until its changes fill a proposal. Topics that begin or end between two stretches do not
 * disturb it.
 *
 * @param limit the changes that the proposal has room for
 */
export function walkPartitions(
  image: MetadataImage,
  from: PartitionPlace,
  changeOf: ChangeOf,
  limit: number = changesPerProposal,
): Stretch {
  const changes: DecidedChange[] = [];
  for (const topic of image.topics.all(from.topic)) {
    for (let index = topic.name === from.topic ? from.index : 0; index < topic.partitions.length; index++) {
      if (changes.length >= limit) return { changes, next: { topic: topic.name, index } };
      const change = changeOf(topic, topic.partitions[index]!);
      if (change !== undefined) changes.push(change);
    }
  }
  return { changes, next: undefined };
}

/** Only the partitions that have a replica on a broker. */
export function heldBy(broker: BrokerId, changeOf: ChangeOf): ChangeOf {
  return (topic, partition) => (partition.replicas.includes(broker) ? changeOf(topic, partition) : undefined);
}
