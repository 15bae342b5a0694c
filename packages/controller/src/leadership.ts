import type { PartitionChange, PartitionImage } from "@millrace/metadata";
import { type BrokerId, LeaderEpoch, noBroker, PartitionEpoch, type TopicId } from "@millrace/vocabulary";

/** Says of a broker whether it may lead. */
export type ActiveBrokers = (id: BrokerId) => boolean;

/**
 * What becomes of a partition when a broker that holds a replica stops: it leaves the ISR, unless it is the last one there, and
 * gives its leadership to the first replica in sync that is active, or to none. undefined: nothing changes.
 */
export function afterStop(
  topicId: TopicId,
  partition: PartitionImage,
  broker: BrokerId,
  active: ActiveBrokers,
): PartitionChange | undefined {
  const others = partition.isr.filter((id) => id !== broker);
  const isr = partition.isr.includes(broker) && others.length > 0 ? others : undefined;
  const leadership = partition.leader === broker ? election(partition, firstInSync(partition, others, active)) : undefined;
  return isr === undefined && leadership === undefined ? undefined : change(topicId, partition, { isr, leadership });
}

/**
 * What becomes of a partition when a new life of a broker begins. A replica that is alone in sync leads, in a new epoch: what
 * it holds is all there is, even after a stop that may have cost it records. One that is in sync beside others ended its last
 * life without being fenced: it leaves the ISR until it has caught up.
 */
export function afterReturn(
  topicId: TopicId,
  partition: PartitionImage,
  broker: BrokerId,
  active: ActiveBrokers,
): PartitionChange | undefined {
  if (!partition.isr.includes(broker)) return undefined;
  if (partition.isr.length > 1) return afterStop(topicId, partition, broker, active);
  return change(topicId, partition, { isr: undefined, leadership: election(partition, broker) });
}

function firstInSync(partition: PartitionImage, isr: readonly BrokerId[], active: ActiveBrokers): BrokerId {
  return partition.replicas.find((id) => isr.includes(id) && active(id)) ?? noBroker;
}

function election({ leaderEpoch }: PartitionImage, leader: BrokerId) {
  return { leader, leaderEpoch: LeaderEpoch(leaderEpoch + 1) };
}

function change(
  topicId: TopicId,
  { index, partitionEpoch }: PartitionImage,
  what: Pick<PartitionChange, "isr" | "leadership">,
): PartitionChange {
  return { type: "PartitionChange", topicId, index, partitionEpoch: PartitionEpoch(partitionEpoch + 1), ...what };
}
