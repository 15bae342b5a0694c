import type {
  BrokerList,
  Partition as PartitionMessage,
  PartitionChange as ChangeMessage,
  RemoveTopic as RemoveMessage,
  Topic as TopicMessage,
} from "@millrace/contracts/metadata";
import { BrokerId, LeaderEpoch, noBroker, PartitionEpoch, TopicId, uuidToBytes } from "@millrace/vocabulary";
import { readUuid } from "./uuid.ts";
import type { PartitionChange, PartitionRecord, RemoveTopic, TopicRecord } from "./record.ts";

export function writeTopic({ topicId, name }: TopicRecord) {
  return { topicId: uuidToBytes(topicId), name };
}

export function readTopic({ topicId, name }: TopicMessage): TopicRecord {
  return { type: "Topic", topicId: readTopicId(topicId), name };
}

export function writePartition(record: PartitionRecord) {
  const { index, replicas, isr, leader, leaderEpoch, partitionEpoch } = record;
  const { addingReplicas, removingReplicas, eligibleLeaders, lastKnownLeader } = record;
  const known = lastKnownLeader === noBroker ? undefined : lastKnownLeader;
  const state = { index, replicas, isr, leader, leaderEpoch, partitionEpoch, addingReplicas, removingReplicas, eligibleLeaders };
  return { ...state, topicId: uuidToBytes(record.topicId), lastKnownLeader: known };
}

export function readPartition(message: PartitionMessage): PartitionRecord {
  return {
    type: "Partition",
    topicId: readTopicId(message.topicId),
    index: message.index,
    replicas: message.replicas as BrokerId[],
    isr: message.isr as BrokerId[],
    leader: BrokerId(message.leader),
    leaderEpoch: LeaderEpoch(message.leaderEpoch),
    partitionEpoch: PartitionEpoch(message.partitionEpoch),
    addingReplicas: message.addingReplicas as BrokerId[],
    removingReplicas: message.removingReplicas as BrokerId[],
    eligibleLeaders: message.eligibleLeaders as BrokerId[],
    lastKnownLeader: BrokerId(message.lastKnownLeader ?? noBroker),
  };
}

export function writePartitionChange(change: PartitionChange) {
  return {
    topicId: uuidToBytes(change.topicId),
    index: change.index,
    partitionEpoch: change.partitionEpoch,
    leader: change.leadership?.leader,
    leaderEpoch: change.leadership?.leaderEpoch,
    isr: writeList(change.isr),
    replicas: writeList(change.replicas),
    addingReplicas: writeList(change.addingReplicas),
    removingReplicas: writeList(change.removingReplicas),
    eligibleLeaders: writeList(change.eligibleLeaders),
    lastKnownLeader: change.lastKnownLeader,
  };
}

export function readPartitionChange(message: ChangeMessage): PartitionChange {
  const { leader, leaderEpoch, lastKnownLeader } = message;
  return {
    type: "PartitionChange",
    topicId: readTopicId(message.topicId),
    index: message.index,
    partitionEpoch: PartitionEpoch(message.partitionEpoch),
    leadership: leader === null ? undefined : { leader: BrokerId(leader), leaderEpoch: LeaderEpoch(leaderEpoch ?? 0) },
    isr: readList(message.isr),
    replicas: readList(message.replicas),
    addingReplicas: readList(message.addingReplicas),
    removingReplicas: readList(message.removingReplicas),
    eligibleLeaders: readList(message.eligibleLeaders),
    lastKnownLeader: lastKnownLeader === null ? undefined : BrokerId(lastKnownLeader),
  };
}

export function writeRemoveTopic({ topicId }: RemoveTopic) {
  return { topicId: uuidToBytes(topicId) };
}

export function readRemoveTopic({ topicId }: RemoveMessage): RemoveTopic {
  return { type: "RemoveTopic", topicId: readTopicId(topicId) };
}

export function readTopicId(bytes: Buffer): TopicId {
  return TopicId(readUuid(bytes));
}

function writeList(ids: readonly BrokerId[] | undefined) {
  return ids === undefined ? undefined : { ids };
}

function readList(list: BrokerList | null): readonly BrokerId[] | undefined {
  return list === null ? undefined : (list.ids as BrokerId[]);
}
