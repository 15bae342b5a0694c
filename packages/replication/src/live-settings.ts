import type { Configuration, Overrides, TopicSettings } from "@millrace/vocabulary";

/**
 * The settings of one topic as they hold now. Computed again when the topic's own or the broker's have changed, so that
 * reading them at each use costs a comparison.
 */
export class LiveSettings {
  readonly #configuration: Configuration;
  #overrides: Overrides;
  #computed: TopicSettings;
  #version: number;

  constructor(configuration: Configuration, overrides: Overrides) {
    this.#configuration = configuration;
    this.#overrides = overrides;
    this.#version = configuration.version;
    this.#computed = configuration.topic(overrides);
  }

  get current(): TopicSettings {
    if (this.#version !== this.#configuration.version) this.override(this.#overrides);
    return this.#computed;
  }

  /** Takes over the topic's own settings. */
  override(overrides: Overrides): void {
    this.#overrides = overrides;
    this.#version = this.#configuration.version;
    this.#computed = this.#configuration.topic(overrides);
  }
}
