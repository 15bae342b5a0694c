import { emptyImage, fold, type MetadataImage, type MetadataRecord } from "@millrace/metadata";
import { Configuration, Offset, TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { brokerConfiguration } from "@millrace/storage/testing";
import { SettingsByTopic } from "../src/settings-by-topic.ts";

const offsets = TopicId("AAAAAAAAAAAAAAAAAAAAAw");
const orders = TopicId("AAAAAAAAAAAAAAAAAAAABA");

const topic = (topicId: TopicId, name: string): MetadataRecord => ({ type: "Topic", topicId, name });
const durability = (resource: TopicId, value: string | undefined): MetadataRecord => ({
  type: "Config",
  resource: { type: "topic", id: resource },
  key: "millrace.durability",
  value,
});

/** The settings of a cluster, which follow its records. */
class Cluster {
  readonly settings: SettingsByTopic;
  #image: MetadataImage = emptyImage();

  constructor(configuration = new Configuration()) {
    this.settings = new SettingsByTopic(configuration);
    this.#add(topic(offsets, "__consumer_offsets"), topic(orders, "orders"));
    this.settings.begin(this.#image);
  }

  change(...records: readonly MetadataRecord[]): boolean {
    return this.settings.follow(this.#add(...records));
  }

  of(id: TopicId): string {
    return this.settings.of(this.#image.topics.byId(id)!).current["millrace.durability"];
  }

  #add(...records: readonly MetadataRecord[]) {
    const delta = fold(this.#image, Offset(this.#image.offset + 1), 1, records);
    this.#image = delta.image;
    return delta;
  }
}

test("the cluster's own topics are synced while any other topic is, and the others are as they say", () => {
  const cluster = new Cluster();
  expect([cluster.of(offsets), cluster.of(orders)]).toEqual(["replicated", "replicated"]);
  expect(cluster.change(durability(orders, "synced"))).toBe(true);
  expect([cluster.of(offsets), cluster.of(orders)]).toEqual(["synced", "synced"]);
  expect(cluster.change(durability(orders, undefined))).toBe(true);
  expect([cluster.of(offsets), cluster.of(orders)]).toEqual(["replicated", "replicated"]);
});

test("a synced topic that is deleted asks nothing of others any more", () => {
  const cluster = new Cluster();
  cluster.change(durability(orders, "synced"));
  expect(cluster.change({ type: "RemoveTopic", topicId: orders })).toBe(true);
  expect(cluster.of(offsets)).toBe("replicated");
});

test("where all that say nothing are synced, the cluster's own topics are, whatever they say", () => {
  const cluster = new Cluster(brokerConfiguration({ "millrace.durability": "synced" }));
  cluster.change(durability(offsets, "replicated"), durability(orders, "replicated"));
  expect([cluster.of(offsets), cluster.of(orders)]).toEqual(["synced", "replicated"]);
});
