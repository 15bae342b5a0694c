import * as fc from "fast-check";
import { BrokerEpoch, BrokerId, LeaderEpoch, noBroker, PartitionEpoch, ProducerId } from "@millrace/vocabulary";
import type { MetadataImage, MetadataRecord, PartitionImage, TopicImage } from "../../src/index.ts";
import { record } from "./cluster.ts";

/** Something that happens to a cluster: of which kind, and numbers that choose the rest among what there is. */
export interface Happening {
  readonly kind: (typeof kinds)[number];
  readonly a: number;
  readonly b: number;
}

const kinds = [
  "register",
  "fence",
  "removeBroker",
  "createTopic",
  "addPartitions",
  "elect",
  "shrink",
  "reassign",
  "removeTopic",
  "setTopic",
  "setBroker",
  "setCluster",
  "producerIds",
  "feature",
] as const;

/** What happens to a cluster, one thing after the other. */
export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), a: fc.nat(50), b: fc.nat(50) }),
  { minLength: 1, maxLength: 60 },
);

/** The records that a happening leaves, proposed together; none where it cannot happen now. */
export function recordsOf(image: MetadataImage, { kind, a, b }: Happening): MetadataRecord[] {
  switch (kind) {
    case "register":
      return [record.broker(a % 6, b % 2 === 0 ? {} : { rack: `rack-${b % 3}` })];
    case "fence":
    case "removeBroker":
      return brokerRecords(image, kind, a, b);
    case "createTopic":
      return createTopic(image, a, b);
    case "setCluster":
      return [{ type: "Config", resource: { type: "cluster" }, key: `key-${a % 3}`, value: valueOf(b) }];
    case "producerIds":
      return [{ type: "ProducerIds", next: ProducerId(image.nextProducerId + a), givenTo: undefined }];
    case "feature":
      return [{ type: "FeatureLevel", name: `feature-${a % 3}`, level: b % 3 }];
    default:
      return topicRecords(image, { kind, a, b });
  }
}

function brokerRecords(image: MetadataImage, kind: "fence" | "removeBroker", a: number, b: number): MetadataRecord[] {
  const broker = pick([...image.brokers.values()], a);
  if (broker === undefined) return [];
  const { id: brokerId, epoch } = broker;
  return kind === "fence"
    ? [{ type: "BrokerChange", brokerId, epoch: BrokerEpoch(epoch), isFenced: b % 2 === 0 }]
    : [{ type: "RemoveBroker", brokerId, epoch }];
}

function createTopic(image: MetadataImage, a: number, b: number): MetadataRecord[] {
  const names = ["a.b", "a_b", "orders", "payments", "__consumer_offsets", `t-${b}`];
  const name = names[a % names.length]!;
  if (image.topics.byName(name) !== undefined || image.topics.colliding(name) !== undefined) return [];
  const number = image.offset + 1;
  const partitions = Array.from({ length: 1 + (b % 4) }, (_, index) => record.partition(number, index, [a % 5, (a + 1 + (b % 3)) % 5]));
  return [record.topic(number, name), record.setting(number, "retention.ms", String(b)), ...partitions];
}

function topicRecords(image: MetadataImage, { kind, a, b }: Happening): MetadataRecord[] {
  const topic = pick([...image.topics.all()], a);
  if (topic === undefined) return [];
  const partition = pick(topic.partitions, b)!;
  switch (kind) {
    case "addPartitions":
      return Array.from(
        { length: b % 3 },
        (_, more) => ({ ...record.partition(0, topic.partitions.length + more, [b % 5]), topicId: topic.id }) as MetadataRecord,
      );
    case "elect":
      return [change(topic, partition, { leader: b % 3 === 0 ? noBroker : pick(partition.isr, b)! })];
    case "shrink":
      return partition.isr.length < 2
        ? []
        : [change(topic, partition, { isr: [partition.isr[0]!], leader: partition.isr[0]!, eligibleLeaders: partition.isr.slice(1) })];
    case "reassign":
      return [
        change(topic, partition, { replicas: [BrokerId(b % 5)], isr: [BrokerId(b % 5)], leader: BrokerId(b % 5), eligibleLeaders: [] }),
      ];
    case "removeTopic":
      return [{ type: "RemoveTopic", topicId: topic.id }];
    case "setTopic":
      return [{ type: "Config", resource: { type: "topic", id: topic.id }, key: `key-${b % 3}`, value: valueOf(b) }];
    default:
      return brokerSetting(image, a, b);
  }
}

function brokerSetting(image: MetadataImage, a: number, b: number): MetadataRecord[] {
  const broker = pick([...image.brokers.keys()], a);
  return broker === undefined ? [] : [{ type: "Config", resource: { type: "broker", id: broker }, key: `key-${b % 3}`, value: valueOf(b) }];
}

function change(
  topic: TopicImage,
  { index, leaderEpoch, partitionEpoch }: PartitionImage,
  {
    leader,
    ...lists
  }: { leader: BrokerId; isr?: readonly BrokerId[]; replicas?: readonly BrokerId[]; eligibleLeaders?: readonly BrokerId[] },
): MetadataRecord {
  return {
    type: "PartitionChange",
    topicId: topic.id,
    index,
    partitionEpoch: PartitionEpoch(partitionEpoch + 1),
    leadership: { leader, leaderEpoch: LeaderEpoch(leaderEpoch + 1) },
    ...lists,
  };
}

function valueOf(b: number): string | undefined {
  return b % 3 === 0 ? undefined : String(b);
}

function pick<Value>(values: readonly Value[], number: number): Value | undefined {
  return values.length === 0 ? undefined : values[number % values.length];
}
