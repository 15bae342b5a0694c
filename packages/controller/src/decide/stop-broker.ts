import type { MetadataRecord } from "@millrace/metadata";
import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { isActive, present } from "../brokers.ts";
import { afterStop } from "../leadership.ts";
import { type PartitionPlace, walkPartitions } from "../partition-walk.ts";
import { type Decision, type Surroundings, unchanged } from "./decision.ts";

/**
 * A life of a broker ends in order: it gets no new leaderships from the first stretch on, and is fenced with the last one, when
 * it has none left. Answers where the next stretch begins; undefined: it has stopped. Refuses as `stopBroker` says.
 */
export function decideStopBroker(
  { image }: Surroundings,
  { brokerId, epoch }: { brokerId: BrokerId; epoch: BrokerEpoch },
  from: PartitionPlace,
): Decision<PartitionPlace | undefined> {
  const broker = present(image, brokerId, epoch);
  if (broker.isFenced) return unchanged(undefined);
  const active = (id: BrokerId) => id !== brokerId && isActive(image.brokers.get(id));
  const { changes, next } = walkPartitions(image, brokerId, from, (topicId, partition) => afterStop(topicId, partition, brokerId, active));
  const records: MetadataRecord[] = [...changes];
  if (!broker.isInControlledShutdown) records.unshift({ type: "BrokerChange", brokerId, epoch, isInControlledShutdown: true });
  if (next === undefined) records.push({ type: "BrokerChange", brokerId, epoch, isFenced: true });
  return { records, reply: next };
}
