import { assert, BrokerEpoch, type BrokerId, MillraceError, type Offset } from "@millrace/vocabulary";
import { metadataLevelFeature, metadataLevelMax } from "../records/levels.ts";
import type { BrokerChange, ConfigRecord, FeatureLevelRecord, MetadataRecord, RegisterBroker, RemoveBroker } from "../records/record.ts";
import type { BrokerImage, MetadataDelta, MetadataImage } from "./image.ts";
import { LoadsDraft } from "./loads-draft.ts";
import { withEntry } from "./ordered-map.ts";
import { Topics } from "./topics.ts";
import { TopicsDraft } from "./topics-draft.ts";

/** Fields of an image that are replaced whole. */
type Small = Pick<MetadataImage, "brokers" | "brokerOverrides" | "clusterOverrides" | "features" | "nextProducerId">;

/**
 * The image to be: one image and the records that follow it. `apply` may not refuse: what a record says was decided when it
 * was written. A record that cannot be meant is a bug, and breaks an assertion.
 */
export class ImageDraft {
  readonly #before: MetadataImage;
  readonly #loads: LoadsDraft;
  readonly #topics: TopicsDraft;
  #small: { -readonly [Field in keyof Small]: Small[Field] };

  /** @param before made by emptyImage, or by another draft */
  constructor(before: MetadataImage) {
    assert(before.topics instanceof Topics, "an image follows another one");
    const { brokers, brokerOverrides, clusterOverrides, features, nextProducerId } = before;
    this.#before = before;
    this.#loads = new LoadsDraft(before.loads);
    this.#topics = new TopicsDraft(before.topics, this.#loads);
    this.#small = { brokers, brokerOverrides, clusterOverrides, features, nextProducerId };
  }

  /**
   * Folds one record in. Throws LEVEL_UNKNOWN where it finalises a level that this version does not know.
   *
   * @param offset of the record; of no meaning for one of a snapshot
   */
  apply(record: MetadataRecord, offset: Offset): void {
    switch (record.type) {
      case "RegisterBroker":
        return this.#registerBroker(record, offset);
      case "BrokerChange":
        return this.#changeBroker(record);
      case "RemoveBroker":
        return this.#removeBroker(record);
      case "Topic":
        return this.#topics.create(record);
      case "Partition":
        return this.#topics.addPartition(record);
      case "PartitionChange":
        return this.#topics.changePartition(record);
      case "RemoveTopic":
        return this.#topics.remove(record.topicId);
      case "Config":
        return this.#configure(record);
      case "ProducerIds":
        assert(record.next >= this.#small.nextProducerId, "a producer id is given once", { next: record.next });
        this.#small.nextProducerId = record.next;
        return;
      case "FeatureLevel":
        return this.#finalise(record);
    }
  }

  /** Called between the steps of a long fold: what was applied so far is then no work of the last step. */
  settle(): void {
    this.#topics.settle();
  }

  /** The image as of `offset`, which was written in `term`, and what sets it apart from the one before. */
  finish({ offset, term }: { offset: Offset; term: number }): MetadataDelta {
    const before = this.#before;
    const { topics, changedTopics, removedTopics } = this.#topics.finish();
    const image: MetadataImage = { ...this.#small, offset, term, topics, loads: this.#loads.finish() };
    return {
      image,
      before,
      changedTopics,
      removedTopics,
      brokersChanged: image.brokers !== before.brokers,
      brokerOverridesChanged: image.brokerOverrides !== before.brokerOverrides || image.clusterOverrides !== before.clusterOverrides,
      featuresChanged: image.features !== before.features,
    };
  }

  #registerBroker(record: RegisterBroker, offset: Offset): void {
    const { brokerId: id, incarnation, directoryId, host, rack, listeners, features } = record;
    const state = record.state ?? { epoch: BrokerEpoch(offset), isFenced: true, isInControlledShutdown: false };
    const before = this.#small.brokers.get(id);
    assert(before === undefined || before.epoch < state.epoch, "a broker's epoch rises with each registration", { id, ...state });
    this.#setBroker({ id, incarnation, directoryId, host, rack, listeners, features, ...state });
  }

  #changeBroker({ brokerId, epoch, isFenced, isInControlledShutdown }: BrokerChange): void {
    const before = this.#registered(brokerId, epoch);
    this.#setBroker({
      ...before,
      isFenced: isFenced ?? before.isFenced,
      isInControlledShutdown: isInControlledShutdown ?? before.isInControlledShutdown,
    });
  }

  #removeBroker({ brokerId, epoch }: RemoveBroker): void {
    this.#registered(brokerId, epoch);
    this.#small.brokers = withEntry(this.#small.brokers, brokerId, undefined);
    if (this.#small.brokerOverrides.has(brokerId))
      this.#small.brokerOverrides = withEntry(this.#small.brokerOverrides, brokerId, undefined);
  }

  #registered(id: BrokerId, epoch: BrokerEpoch): BrokerImage {
    const broker = this.#small.brokers.get(id);
    assert(broker?.epoch === epoch, "a broker's record names its present life", { id, epoch });
    return broker;
  }

  #setBroker(broker: BrokerImage): void {
    this.#small.brokers = withEntry(this.#small.brokers, broker.id, broker);
  }

  #configure({ resource, key, value }: ConfigRecord): void {
    switch (resource.type) {
      case "topic":
        return this.#topics.configure(resource.id, key, value);
      case "broker": {
        const overrides = withEntry(this.#small.brokerOverrides.get(resource.id) ?? new Map(), key, value);
        const kept = overrides.size === 0 ? undefined : overrides;
        this.#small.brokerOverrides = withEntry(this.#small.brokerOverrides, resource.id, kept);
        return;
      }
      case "cluster":
        this.#small.clusterOverrides = withEntry(this.#small.clusterOverrides, key, value);
    }
  }

  #finalise({ name, level }: FeatureLevelRecord): void {
    if (name === metadataLevelFeature && level > metadataLevelMax)
      throw new MillraceError("LEVEL_UNKNOWN", { feature: name, level, metadataLevelMax });
    this.#small.features = withEntry(this.#small.features, name, level === 0 ? undefined : level);
  }
}
