import type { MetadataImage, PartitionImage, TopicImage } from "@millrace/metadata";
import { MillraceError } from "@millrace/vocabulary";
import type { PartitionName } from "./controller.ts";

/** The partition of this name. Throws UNKNOWN_TOPIC_OR_PARTITION. */
export function locate({ topics }: MetadataImage, { topic: name, index }: PartitionName): { topic: TopicImage; partition: PartitionImage } {
  const topic = topics.byName(name);
  const partition = topic?.partitions[index];
  if (topic === undefined || partition === undefined)
    throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name, partition: index });
  return { topic, partition };
}

/** What sets a partition apart from all others. */
export function nameOfPartition({ topic, index }: PartitionName): string {
  return `${topic}-${index}`;
}

/** The name, for an error. */
export function factsOf({ topic, index }: PartitionName): { topic: string; partition: number } {
  return { topic, partition: index };
}
