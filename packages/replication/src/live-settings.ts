import type { TopicImage } from "@millrace/metadata";
import type { Configuration, Overrides, TopicSettings } from "@millrace/vocabulary";

/** What the settings of a topic come from beside its own. */
export interface SettingsSources {
  readonly configuration: Configuration;
  /** Whether acks=all means synced for some topic of the cluster, or for all that say nothing. */
  readonly isAnythingSynced: () => boolean;
}

/**
 * The settings of one topic as they hold now. Computed again when the topic's own or the broker's have changed, so that
 * reading them at each use costs a comparison. The cluster's own topics are as durable as the most durable of all: what is committed to
 * them speaks of the others.
 */
export class LiveSettings {
  readonly #sources: SettingsSources;
  #overrides: Overrides;
  #isInternal = false;
  #computed: TopicSettings;
  #synced: TopicSettings;
  #version: number;

  constructor(sources: SettingsSources, overrides: Overrides) {
    this.#sources = sources;
    this.#overrides = overrides;
    this.#version = sources.configuration.version;
    this.#computed = sources.configuration.topic(overrides);
    this.#synced = { ...this.#computed, "millrace.durability": "synced" };
  }

  get current(): TopicSettings {
    if (this.#version !== this.#sources.configuration.version) this.#compute();
    return this.#isInternal && this.#sources.isAnythingSynced() ? this.#synced : this.#computed;
  }

  /** Takes over what the metadata says of the topic. */
  takeOver({ overrides, isInternal }: Pick<TopicImage, "overrides" | "isInternal">): void {
    this.#overrides = overrides;
    this.#isInternal = isInternal;
    this.#compute();
  }

  #compute(): void {
    const { configuration } = this.#sources;
    this.#version = configuration.version;
    this.#computed = configuration.topic(this.#overrides);
    this.#synced = { ...this.#computed, "millrace.durability": "synced" };
  }
}
