import type { MetadataImage } from "@millrace/metadata";
import type { Logger } from "@millrace/runtime";
import type { DecidedRecord } from "./decide/decision.ts";

/** Says of an election that committed records may be lost: nobody could lead who was known to hold all of them. */
export function warnOfLoss(logger: Logger, image: MetadataImage, record: DecidedRecord): void {
  if (record.type !== "PartitionChange") return;
  const { topicId, index, leadership, risk } = record;
  const topic = image.topics.byId(topicId)?.name;
  logger.warn("leader may lack committed records", { topic, topicId, partition: index, ...leadership, risk });
}
