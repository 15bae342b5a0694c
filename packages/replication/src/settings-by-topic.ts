import type { MetadataImage, TopicImage } from "@millrace/metadata";
import type { Configuration, Overrides, TopicId } from "@millrace/vocabulary";
import { LiveSettings } from "./live-settings.ts";

/** Of a topic of which nothing is known yet: nothing of it is deleted. */
const keepingEverything: Overrides = new Map([
  ["retention.ms", "-1"],
  ["retention.bytes", "-1"],
  ["cleanup.policy", "delete"],
]);

/** The settings of topics, each one object for as long as the topic lives. */
export class SettingsByTopic {
  readonly #configuration: Configuration;
  readonly #settings = new Map<TopicId, LiveSettings>();

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  get(topicId: TopicId): LiveSettings | undefined {
    return this.#settings.get(topicId);
  }

  /** Of a topic that the metadata names. */
  of(topic: TopicImage): LiveSettings {
    return this.#settings.get(topic.id) ?? this.#add(topic.id, topic.overrides);
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
    const settings = new LiveSettings(this.#configuration, overrides);
    this.#settings.set(topicId, settings);
    return settings;
  }
}
