import type { MetadataDelta, MetadataImage, TopicImage } from "@millrace/metadata";
import type { Configuration, Overrides, TopicId } from "@millrace/vocabulary";
import { LiveSettings, type SettingsSources } from "./live-settings.ts";
import { SyncedTopics } from "./synced-topics.ts";

/** Of a topic of which nothing is known yet: nothing of it is deleted. */
const keepingEverything: Overrides = new Map([
  ["retention.ms", "-1"],
  ["retention.bytes", "-1"],
  ["cleanup.policy", "delete"],
]);

/** The settings of topics, each one object for as long as the topic lives. */
export class SettingsByTopic {
  readonly #sources: SettingsSources;
  readonly #synced = new SyncedTopics();
  readonly #settings = new Map<TopicId, LiveSettings>();

  constructor(configuration: Configuration) {
    const isAnythingSynced = () => this.#synced.areAny || configuration.get("millrace.durability") === "synced";
    this.#sources = { configuration, isAnythingSynced };
  }

  /** Knows the topics of an image. */
  begin(image: MetadataImage): void {
    this.#synced.begin(image);
  }

  /** Follows the topics of a change. True: the settings of the cluster's own topics may have changed with others. */
  follow(delta: MetadataDelta): boolean {
    const before = this.#synced.areAny;
    this.#synced.follow(delta);
    return before !== this.#synced.areAny;
  }

  get(topicId: TopicId): LiveSettings | undefined {
    return this.#settings.get(topicId);
  }

  /** Of a topic that the metadata names, as it names it. */
  of(topic: TopicImage): LiveSettings {
    const settings = this.#settings.get(topic.id) ?? this.#add(topic.id, topic.overrides);
    settings.takeOver(topic);
    return settings;
  }

  /** Of a topic that is found on the disk before the metadata is known. */
  ofFound(topicId: TopicId): LiveSettings {
    return this.#settings.get(topicId) ?? this.#add(topicId, keepingEverything);
  }

  delete(topicId: TopicId): void {
    this.#settings.delete(topicId);
  }

  /** Forgets topics that are not there. */
  keepThoseOf({ topics }: MetadataImage): void {
    for (const topicId of this.#settings.keys()) if (topics.byId(topicId) === undefined) this.#settings.delete(topicId);
  }

  #add(topicId: TopicId, overrides: Overrides): LiveSettings {
    const settings = new LiveSettings(this.#sources, overrides);
    this.#settings.set(topicId, settings);
    return settings;
  }
}
