import type { MetadataImage, PartitionRecord } from "@millrace/metadata";
import { type BrokerId, LeaderEpoch, MillraceError, noBroker, PartitionEpoch, type TopicId } from "@millrace/vocabulary";
import { clusterPartitionsMax, partitionsPerRequestMax, topicPartitionsMax } from "./bounds.ts";
import { isActive } from "./brokers.ts";

/** The records of partitions that begin, from the index `first` on. Who is active is in sync; the first of these leads. */
export function* newPartitions(
  image: MetadataImage,
  topicId: TopicId,
  first: number,
  placed: Iterable<readonly BrokerId[]>,
): Generator<PartitionRecord> {
  let index = first;
  for (const replicas of placed) {
    const isr = replicas.filter((id) => isActive(image.brokers.get(id)));
    yield {
      type: "Partition",
      topicId,
      index: index++,
      replicas,
      isr,
      leader: isr[0]!,
      leaderEpoch: LeaderEpoch(0),
      partitionEpoch: PartitionEpoch(0),
      addingReplicas: [],
      removingReplicas: [],
      eligibleLeaders: [],
      lastKnownLeader: noBroker,
    };
  }
}

/** Throws INVALID_REPLICATION_FACTOR unless so many replicas can be placed now. */
export function checkReplicationFactor(image: MetadataImage, topic: string, replicationFactor: number): void {
  const brokers = image.brokers.size;
  if (replicationFactor < 1 || replicationFactor > brokers)
    throw new MillraceError("INVALID_REPLICATION_FACTOR", { topic, replicationFactor, brokers });
  if (![...image.brokers.values()].some(isActive))
    throw new MillraceError("INVALID_REPLICATION_FACTOR", { topic, replicationFactor, reason: "every broker is fenced or about to stop" });
}

/** Throws POLICY_VIOLATION where a topic, the cluster, or one request would have too many partitions. */
export function checkPartitionBounds(image: MetadataImage, topic: string, existing: number, added: number): void {
  const refuse = (facts: object) => new MillraceError("POLICY_VIOLATION", { topic, ...facts });
  if (added > partitionsPerRequestMax) throw refuse({ partitions: added, partitionsPerRequestMax });
  if (existing + added > topicPartitionsMax) throw refuse({ partitions: existing + added, topicPartitionsMax });
  const total = [...image.loads.values()].reduce((sum, { preferred }) => sum + preferred, added);
  if (total > clusterPartitionsMax) throw refuse({ clusterPartitions: total, clusterPartitionsMax });
}
