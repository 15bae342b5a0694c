import type { Draft } from "@millrace/contracts";
import type { Partition as Message } from "@millrace/contracts/metadata";
import type { TopicId } from "@millrace/vocabulary";
import type { PartitionImage } from "../image/image.ts";
import { partitionOf } from "../image/partition.ts";
import { readPartition, writePartition } from "./topics.ts";

/** A partition as it crosses between processes: as its record would say it. */
export function partitionMessage(topicId: TopicId, partition: PartitionImage): Draft<Message> {
  return writePartition({ type: "Partition", topicId, ...partition });
}

/** The partition of such a message. Throws DATA_DAMAGED where its topic's id is none. */
export function partitionImageOf(message: Message): PartitionImage {
  return partitionOf(readPartition(message));
}
