import { emptyImage, fold, type MetadataImage, type MetadataRecord } from "@millrace/metadata";
import { BrokerEpoch, BrokerId, LeaderEpoch, noBroker, Offset, PartitionEpoch, TopicId } from "@millrace/vocabulary";
import { uuid } from "./world.ts";

/** A broker as a test gives it: by its place, and whether it may lead. */
export interface Standing {
  readonly id: number;
  readonly host?: string | undefined;
  readonly rack?: string | undefined;
  readonly isActive?: boolean;
}

/** An image of these brokers, and of whatever else the records say. */
export function imageWith(brokers: readonly Standing[], ...records: readonly MetadataRecord[]): MetadataImage {
  const registrations = brokers.map(({ id, host, rack, isActive = true }): MetadataRecord => ({
    type: "RegisterBroker",
    brokerId: BrokerId(id),
    incarnation: uuid(id),
    directoryId: uuid(id),
    host: host ?? `host-${id}`,
    rack,
    listeners: [],
    features: new Map(),
    state: { epoch: BrokerEpoch(id), isFenced: !isActive, isInControlledShutdown: false },
  }));
  return fold(emptyImage(), Offset(0), 1, [...registrations, ...records]).image;
}

/** A topic with partitions in these states. */
export function partitionRecords(name: string, states: readonly { replicas: number[]; isr: number[]; leader: number }[]): MetadataRecord[] {
  const topicId = TopicId(uuid(500));
  const nobody = { addingReplicas: [], removingReplicas: [], eligibleLeaders: [], lastKnownLeader: noBroker };
  const epochs = { leaderEpoch: LeaderEpoch(0), partitionEpoch: PartitionEpoch(0) };
  const partitions = states.map(({ replicas, isr, leader }, index): MetadataRecord => {
    const members = { replicas: replicas.map(BrokerId), isr: isr.map(BrokerId), leader: BrokerId(leader) };
    return { type: "Partition", topicId, index, ...members, ...epochs, ...nobody };
  });
  return [{ type: "Topic", topicId, name }, ...partitions];
}
