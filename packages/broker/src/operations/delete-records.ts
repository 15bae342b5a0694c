import { isInternalTopic, MillraceError, Offset } from "@millrace/vocabulary";
import { locatePartition, type Places } from "./locate.ts";

/** «Everything that is committed.» */
const upToHighWatermark = -1;

/**
 * Moves a partition's log start up to `offset` and resolves to it. OFFSET_OUT_OF_RANGE past the high watermark; POLICY_VIOLATION
 * where the topic does not delete; INVALID_TOPIC_EXCEPTION for the cluster's own topics.
 */
export async function deleteRecords(places: Places, topic: string, index: number, offset: Offset): Promise<Offset> {
  if (isInternalTopic(topic)) throw new MillraceError("INVALID_TOPIC_EXCEPTION", { topic, reason: "internal" });
  const partition = locatePartition(places, { name: topic }, index);
  partition.checkLeader();
  if (!partition.settings["cleanup.policy"].includes("delete")) {
    throw new MillraceError("POLICY_VIOLATION", { topic, "cleanup.policy": partition.settings["cleanup.policy"] });
  }
  const to = offset === upToHighWatermark ? partition.highWatermark : offset;
  if (to < 0 || to > partition.highWatermark) {
    throw new MillraceError("OFFSET_OUT_OF_RANGE", { partition: partition.name, offset, highWatermark: partition.highWatermark });
  }
  await partition.log.deleteRecordsBefore(to);
  return partition.log.logStart;
}
