import type { PartitionImage, TopicImage } from "@millrace/metadata";
import { type BrokerId, MillraceError } from "@millrace/vocabulary";
import type { PartitionName } from "../controller.ts";
import { refusedOr } from "../entries.ts";
import { heldBy, type PartitionPlace, walkPartitions } from "../partition-walk.ts";
import { replacing } from "../placement.ts";
import { reassigned, targetReplicas } from "../reassignment.ts";
import { termsIn } from "../terms.ts";
import type { Decision, Surroundings } from "./decision.ts";

/**
 * One stretch of moving away what a broker holds. Answers the partitions that nobody else can take, and where the next stretch begins.
 * Refuses as `drainBroker` says.
 */
export function decideDrainBroker(
  surroundings: Surroundings,
  broker: BrokerId,
  from: PartitionPlace,
): Decision<{ kept: PartitionName[]; next: PartitionPlace | undefined }> {
  const { image, random } = surroundings;
  if (!image.brokers.has(broker)) throw new MillraceError("BROKER_ID_NOT_REGISTERED", { broker });
  const termsOf = termsIn(surroundings);
  const replacementFor = replacing(image, broker, random);
  const kept: PartitionName[] = [];
  const keep = ({ name }: TopicImage, { index }: PartitionImage): undefined => void kept.push({ topic: name, index });
  const moving = heldBy(broker, (topic, partition) => {
    const replicas = targetReplicas(partition);
    if (!replicas.includes(broker)) return undefined;
    const replacement = replacementFor(topic, replicas);
    if (replacement === undefined) return keep(topic, partition);
    const target = replicas.map((id) => (id === broker ? replacement : id));
    const change = refusedOr(() => reassigned(topic, partition, target, termsOf(topic)));
    return change instanceof MillraceError ? keep(topic, partition) : change;
  });
  const { changes, next } = walkPartitions(image, from, moving);
  return { records: changes, reply: { kept, next } };
}
