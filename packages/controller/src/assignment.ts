import type { MetadataImage } from "@millrace/metadata";
import { type BrokerId, MillraceError } from "@millrace/vocabulary";
import { isActive } from "./brokers.ts";

/**
 * Checks replicas that somebody chose by hand. Throws INVALID_REPLICA_ASSIGNMENT unless every partition names as many
 * registered brokers as the others, none of them twice, and at least one that is active.
 *
 * @param facts of the topic, for the error
 * @param replicas for each partition
 */
export function checkAssignment(
  image: MetadataImage,
  assignment: readonly (readonly BrokerId[])[],
  replicas: number,
  facts: { topic: string; firstPartition: number },
): void {
  for (const [index, brokers] of assignment.entries()) {
    const reason = fault(image, brokers, replicas);
    if (reason === undefined) continue;
    const partition = facts.firstPartition + index;
    throw new MillraceError("INVALID_REPLICA_ASSIGNMENT", { topic: facts.topic, partition, replicas: brokers, reason });
  }
}

function fault(image: MetadataImage, brokers: readonly BrokerId[], replicas: number): string | undefined {
  if (brokers.length === 0) return "a partition needs a replica";
  if (brokers.length !== replicas) return `every partition must have ${replicas} replicas`;
  if (new Set(brokers).size < brokers.length) return "a broker is named twice";
  const unknown = brokers.find((id) => !image.brokers.has(id));
  if (unknown !== undefined) return `no broker ${unknown} is registered`;
  return brokers.some((id) => isActive(image.brokers.get(id))) ? undefined : "every broker is fenced or about to stop";
}
