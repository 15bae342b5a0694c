import * as fc from "fast-check";
import { BrokerEpoch, BrokerId, LeaderEpoch, PartitionEpoch, ProducerId, TopicId, type Uuid, uuidFromBytes } from "@millrace/vocabulary";
import type { ConfigResource, MetadataRecord } from "../../src/index.ts";

const uuid: fc.Arbitrary<Uuid> = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(uuidFromBytes);
const topicId = uuid.map(TopicId);
const brokerId = fc.nat(0x7fff_ffff).map(BrokerId);
const brokers = fc.array(brokerId, { maxLength: 4 });
const epoch = fc.maxSafeNat().map(BrokerEpoch);
const leader = fc.oneof(brokerId, fc.constant(BrokerId(-1)));
const leaderEpoch = fc.nat(0x7fff_ffff).map(LeaderEpoch);
const partitionEpoch = fc.nat(0x7fff_ffff).map(PartitionEpoch);
const text = fc.string({ maxLength: 20, unit: "binary" });
const index = fc.nat(100_000);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const listener = fc.record({ name: text, host: text, port: fc.nat(65_535) });
const features = fc
  .array(fc.tuple(text, fc.record({ min: fc.nat(9), max: fc.nat(9) })), { maxLength: 3 })
  .map((entries) => new Map(entries));
const state = fc.record({ epoch, isFenced: fc.boolean(), isInControlledShutdown: fc.boolean() });

const resource: fc.Arbitrary<ConfigResource> = fc.oneof(
  fc.record({ type: fc.constant("topic" as const), id: topicId }),
  fc.record({ type: fc.constant("broker" as const), id: brokerId }),
  fc.record({ type: fc.constant("cluster" as const) }),
);

/** Any record that can be written, whether or not it would make sense after others. */
export const anyRecord: fc.Arbitrary<MetadataRecord> = fc.oneof(
  fc.record({
    type: fc.constant("RegisterBroker" as const),
    brokerId,
    incarnation: uuid,
    directoryId: uuid,
    host: text,
    rack: maybe(text),
    listeners: fc.array(listener, { maxLength: 3 }),
    features,
    state: maybe(state),
  }),
  fc.record({
    type: fc.constant("BrokerChange" as const),
    brokerId,
    epoch,
    isFenced: maybe(fc.boolean()),
    isInControlledShutdown: maybe(fc.boolean()),
  }),
  fc.record({ type: fc.constant("RemoveBroker" as const), brokerId, epoch }),
  fc.record({ type: fc.constant("Topic" as const), topicId, name: text }),
  fc.record({
    type: fc.constant("Partition" as const),
    topicId,
    index,
    replicas: brokers,
    isr: brokers,
    leader,
    leaderEpoch,
    partitionEpoch,
    addingReplicas: brokers,
    removingReplicas: brokers,
    eligibleLeaders: brokers,
    lastKnownLeader: leader,
  }),
  fc.record({
    type: fc.constant("PartitionChange" as const),
    topicId,
    index,
    partitionEpoch,
    leadership: maybe(fc.record({ leader, leaderEpoch })),
    isr: maybe(brokers),
    replicas: maybe(brokers),
    addingReplicas: maybe(brokers),
    removingReplicas: maybe(brokers),
    eligibleLeaders: maybe(brokers),
    lastKnownLeader: maybe(leader),
  }),
  fc.record({ type: fc.constant("RemoveTopic" as const), topicId }),
  fc.record({ type: fc.constant("Config" as const), resource, key: text, value: maybe(text) }),
  fc.record({
    type: fc.constant("ProducerIds" as const),
    next: fc.maxSafeNat().map(ProducerId),
    givenTo: maybe(fc.record({ brokerId, epoch })),
  }),
  fc.record({ type: fc.constant("FeatureLevel" as const), name: text, level: fc.nat(9) }),
);
