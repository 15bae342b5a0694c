import type { MetadataRecord } from "@millrace/metadata";
import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { isActive } from "../brokers.ts";
import { afterStop } from "../leadership.ts";
import { type PartitionPlace, walkPartitions } from "../partition-walk.ts";
import { type Decision, type Surroundings, unchanged } from "./decision.ts";

/**
 * A life of a broker is over: it is fenced before its first partition changes, so that nothing new is given to it meanwhile, and
 * leaves ISRs and leaderships as one that stops does. A replica that is alone in sync stays so and nobody leads, as in Kafka. Answers
 * where the next stretch begins. Begun anew, it finishes what a former controller began; of an earlier life there is nothing to do.
 */
export function decideFenceBroker(
  { image }: Surroundings,
  { brokerId, epoch }: { brokerId: BrokerId; epoch: BrokerEpoch },
  from: PartitionPlace,
): Decision<PartitionPlace | undefined> {
  const broker = image.brokers.get(brokerId);
  if (broker?.epoch !== epoch) return unchanged(undefined);
  const active = (id: BrokerId) => id !== brokerId && isActive(image.brokers.get(id));
  const { changes, next } = walkPartitions(image, brokerId, from, (topicId, partition) => afterStop(topicId, partition, brokerId, active));
  const records: MetadataRecord[] = [...changes];
  if (!broker.isFenced) records.unshift({ type: "BrokerChange", brokerId, epoch, isFenced: true });
  return { records, reply: next };
}
