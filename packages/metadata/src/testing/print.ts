import { type Endpoint, noBroker, type Overrides } from "@millrace/vocabulary";
import type { BrokerImage, MetadataImage, PartitionImage, TopicImage } from "../image/image.ts";
import type { BrokerChange, ConfigResource, MetadataRecord, PartitionChange, PartitionRecord, RegisterBroker } from "../records/record.ts";

/** Names a topic id for a trace, where the ids themselves are drawn by chance. */
export type TopicNames = (topicId: string) => string;

/** A record as one line. */
export function printRecord(record: MetadataRecord, nameOf: TopicNames = String): string {
  switch (record.type) {
    case "RegisterBroker":
      return printRegistration(record);
    case "BrokerChange":
      return `BrokerChange ${record.brokerId} epoch=${record.epoch}${stateOf(record)}`;
    case "RemoveBroker":
      return `RemoveBroker ${record.brokerId} epoch=${record.epoch}`;
    case "Topic":
      return `Topic ${record.name}`;
    case "Partition":
      return `Partition ${nameOf(record.topicId)}-${record.index} ${printState(record)}`;
    case "PartitionChange":
      return printChange(record, nameOf);
    case "RemoveTopic":
      return `RemoveTopic ${nameOf(record.topicId)}`;
    case "Config":
      return `Config ${printResource(record.resource, nameOf)} ${printSetting(record)}`;
    case "ProducerIds":
      return `ProducerIds next=${record.next}`;
    case "FeatureLevel":
      return `FeatureLevel ${record.name}=${record.level}`;
  }
}

/** An image, a line for each thing in it. */
export function printImage(image: MetadataImage): string[] {
  return [
    ...[...image.features].map(([name, level]) => `feature ${name}=${level}`),
    ...settings("cluster", image.clusterOverrides),
    ...[...image.brokers.values()].flatMap((broker) => printBroker(broker, image.brokerOverrides.get(broker.id))),
    `next producer id ${image.nextProducerId}`,
    ...[...image.topics.all()].flatMap(printTopic),
  ];
}

function printRegistration({ brokerId, state, ...at }: RegisterBroker): string {
  return `RegisterBroker ${brokerId} ${printPlace(at)}${state === undefined ? "" : ` epoch=${state.epoch}`}`;
}

function printPlace({ host, rack, listeners }: { host: string; rack: string | undefined; listeners: readonly Endpoint[] }): string {
  const ends = listeners.map(({ name, host: address, port }) => `${name}://${address}:${port}`);
  return `at ${rack === undefined ? host : `${host}/${rack}`} ${ends.join(",")}`.trimEnd();
}

function printState(of: PartitionRecord | PartitionImage): string {
  const { replicas, isr, leader, leaderEpoch, partitionEpoch } = of;
  const state = `replicas=${replicas.join(",")} isr=${isr.join(",")} leader=${leader} epoch=${leaderEpoch}/${partitionEpoch}`;
  return [state, ...lists(of)].join(" ");
}

function printChange(change: PartitionChange, nameOf: TopicNames): string {
  const { topicId, index, replicas, isr, leadership, partitionEpoch } = change;
  const words = [`PartitionChange ${nameOf(topicId)}-${index}`];
  if (replicas !== undefined) words.push(`replicas=${replicas.join(",")}`);
  if (isr !== undefined) words.push(`isr=${isr.join(",")}`);
  if (leadership !== undefined) words.push(`leader=${leadership.leader}`);
  return [...words, `epoch=${leadership?.leaderEpoch ?? ""}/${partitionEpoch}`, ...changedLists(change)].join(" ");
}

/** What most partitions have nothing of. */
function lists(of: PartitionRecord | PartitionImage): string[] {
  return changedLists(of).filter((word) => !word.endsWith("="));
}

/** A list that is emptied is said, too. */
function changedLists({
  eligibleLeaders,
  addingReplicas,
  removingReplicas,
  lastKnownLeader,
}: Partial<PartitionImage> | PartitionChange): string[] {
  const last = lastKnownLeader === undefined ? undefined : lastKnownLeader === noBroker ? [] : [lastKnownLeader];
  const all = { eligible: eligibleLeaders, adding: addingReplicas, removing: removingReplicas, last };
  return Object.entries(all).flatMap(([name, ids]) => (ids === undefined ? [] : [`${name}=${ids.join(",")}`]));
}

function printResource(resource: ConfigResource, nameOf: TopicNames): string {
  return resource.type === "topic" ? nameOf(resource.id) : resource.type === "broker" ? `broker ${resource.id}` : "cluster";
}

function printBroker(broker: BrokerImage, overrides: Overrides = new Map()): string[] {
  const { id, epoch } = broker;
  return [`broker ${id} ${printPlace(broker)} epoch=${epoch}${stateOf(broker)}`, ...settings(`broker ${id}`, overrides)];
}

function printTopic({ name, isInternal, overrides, partitions }: TopicImage): string[] {
  return [
    `topic ${name}${isInternal ? " internal" : ""}`,
    ...settings(name, overrides),
    ...partitions.map((partition) => `${name}-${partition.index} ${printState(partition)}`),
  ];
}

function settings(of: string, overrides: Overrides): string[] {
  return [...overrides].map(([key, value]) => `${of} ${key}=${value}`);
}

function printSetting({ key, value }: { key: string; value: string | undefined }): string {
  return value === undefined ? `${key} removed` : `${key}=${value}`;
}

/** Only what is said: a change leaves out what stays. */
function stateOf({ isFenced, isInControlledShutdown }: Pick<BrokerChange, "isFenced" | "isInControlledShutdown">): string {
  const fenced = isFenced === undefined ? "" : ` fenced=${isFenced}`;
  return isInControlledShutdown === undefined ? fenced : `${fenced} stopping=${isInControlledShutdown}`;
}
