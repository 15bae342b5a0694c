import { metadataLevelFeature, metadataLevelMin } from "../records/levels.ts";
import type {
  ConfigRecord,
  ConfigResource,
  FeatureLevelRecord,
  MetadataRecord,
  PartitionRecord,
  RegisterBroker,
} from "../records/record.ts";
import type { BrokerImage, MetadataImage, PartitionImage, TopicImage } from "../image/image.ts";
import type { Overrides, TopicId } from "@millrace/vocabulary";

/**
 * The records that make up an image, always in one order: images that hold the same give the same bytes. What is needed
 * first comes first: levels, settings of all, brokers, then topics by name with their settings and partitions.
 */
export function* snapshotRecords(image: MetadataImage): Generator<MetadataRecord> {
  yield* features(image.features);
  yield* settings({ type: "cluster" }, image.clusterOverrides);
  for (const broker of image.brokers.values()) {
    yield registration(broker);
    yield* settings({ type: "broker", id: broker.id }, image.brokerOverrides.get(broker.id));
  }
  if (image.nextProducerId > 0) yield { type: "ProducerIds", next: image.nextProducerId, givenTo: undefined };
  for (const topic of image.topics.all()) yield* topicRecords(topic);
}

/** The metadata level that the image's cluster has finalised. */
export function finalisedLevel(image: MetadataImage): number {
  return image.features.get(metadataLevelFeature) ?? metadataLevelMin;
}

function* features(levels: ReadonlyMap<string, number>): Generator<FeatureLevelRecord> {
  for (const [name, level] of levels) yield { type: "FeatureLevel", name, level };
}

function registration({ id, epoch, isFenced, isInControlledShutdown, ...rest }: BrokerImage): RegisterBroker {
  return { type: "RegisterBroker", brokerId: id, ...rest, state: { epoch, isFenced, isInControlledShutdown } };
}

function* topicRecords({ id, name, overrides, partitions }: TopicImage): Generator<MetadataRecord> {
  yield { type: "Topic", topicId: id, name };
  yield* settings({ type: "topic", id }, overrides);
  for (const partition of partitions) yield partitionRecord(id, partition);
}

function partitionRecord(topicId: TopicId, partition: PartitionImage): PartitionRecord {
  return { type: "Partition", topicId, ...partition };
}

function* settings(resource: ConfigResource, overrides: Overrides = new Map()): Generator<ConfigRecord> {
  for (const [key, value] of overrides) yield { type: "Config", resource, key, value };
}
