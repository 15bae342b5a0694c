import {
  BrokerEpoch,
  BrokerId,
  LeaderEpoch,
  noBroker,
  Offset,
  PartitionEpoch,
  TopicId,
  type Uuid,
  uuidFromBytes,
} from "@millrace/vocabulary";
import { emptyImage, fold, type MetadataDelta, type MetadataImage, type MetadataRecord } from "../../src/index.ts";

/** A UUID for each number. */
export function uuid(number: number): Uuid {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(number, 12);
  return uuidFromBytes(bytes);
}

export function topicId(number: number): TopicId {
  return TopicId(uuid(number));
}

/** Records with everything defaulted, so that what a test sets is what it is about. */
export const record = {
  broker: (id: number, changes: { host?: string; rack?: string } = {}): MetadataRecord => ({
    type: "RegisterBroker",
    brokerId: BrokerId(id),
    incarnation: uuid(id),
    directoryId: uuid(id),
    host: changes.host ?? `host-${id}`,
    rack: changes.rack,
    listeners: [],
    features: new Map(),
    state: undefined,
  }),
  unfence: (id: number, epoch: number): MetadataRecord => ({
    type: "BrokerChange",
    brokerId: BrokerId(id),
    epoch: BrokerEpoch(epoch),
    isFenced: false,
  }),
  topic: (number: number, name = `topic-${number}`): MetadataRecord => ({ type: "Topic", topicId: topicId(number), name }),
  partition: (number: number, index: number, brokers: readonly number[] = [1]): MetadataRecord => {
    const replicas = brokers.map(BrokerId);
    return {
      type: "Partition",
      topicId: topicId(number),
      index,
      replicas,
      isr: replicas,
      leader: replicas[0]!,
      leaderEpoch: LeaderEpoch(0),
      partitionEpoch: PartitionEpoch(0),
      addingReplicas: [],
      removingReplicas: [],
      eligibleLeaders: [],
      lastKnownLeader: noBroker,
    };
  },
  leader: (number: number, index: number, leader: number, epoch: number): MetadataRecord => ({
    type: "PartitionChange",
    topicId: topicId(number),
    index,
    partitionEpoch: PartitionEpoch(epoch),
    leadership: { leader: BrokerId(leader), leaderEpoch: LeaderEpoch(epoch) },
  }),
  removeTopic: (number: number): MetadataRecord => ({ type: "RemoveTopic", topicId: topicId(number) }),
  setting: (number: number, key: string, value: string | undefined): MetadataRecord => ({
    type: "Config",
    resource: { type: "topic", id: topicId(number) },
    key,
    value,
  }),
};

/** What the records, proposed together, make of an image. */
export function after(before: MetadataImage, ...records: readonly MetadataRecord[]): MetadataDelta {
  return fold(before, Offset(before.offset + 1), 1, records);
}

/** The image after these records alone. */
export function imageOf(...records: readonly MetadataRecord[]): MetadataImage {
  return after(emptyImage(), ...records).image;
}
