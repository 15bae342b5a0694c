import { brokerKeys, type BrokerKey, type BrokerValue } from "./broker-keys.ts";
import { isTopicKey, topicKeys, type TopicKey, type TopicSettings } from "./topic-keys.ts";

/** Where a value comes from, in DescribeConfigs' words. */
export type ConfigSource =
  | "DYNAMIC_TOPIC_CONFIG"
  | "DYNAMIC_BROKER_CONFIG"
  | "DYNAMIC_DEFAULT_BROKER_CONFIG"
  | "STATIC_BROKER_CONFIG"
  | "DEFAULT_CONFIG";

/** A value and where it comes from. */
export interface Sourced {
  readonly key: string;
  readonly value: unknown;
  readonly source: ConfigSource;
}

/** Settings as an admin request left them in the metadata: key to text. */
export type Overrides = ReadonlyMap<string, string>;

const none: Overrides = new Map();

/**
 * The configuration of one broker, live: what was written at its start, overlaid by what admin requests changed since.
 * Values are read at use and kept by nobody.
 */
export class Configuration {
  readonly #written: ReadonlyMap<BrokerKey, unknown>;
  #clusterOverrides: Overrides = none;
  #ownOverrides: Overrides = none;
  #version = 0;
  /** What `get` has found since the last change: it is asked several times for each request. */
  readonly #found = new Map<BrokerKey, unknown>();

  /** @param written values by key, as parseBrokerSettings returns them */
  constructor(written: ReadonlyMap<BrokerKey, unknown> = new Map()) {
    this.#written = written;
  }

  /** Rises with each change, so that what is computed from several values knows when to compute again. */
  get version(): number {
    return this.#version;
  }

  /** The value that holds now. */
  get<Key extends BrokerKey>(key: Key): BrokerValue<Key> {
    let value = this.#found.get(key);
    if (value === undefined) {
      value = this.sources(key)[0]!.value;
      this.#found.set(key, value);
    }
    return value as BrokerValue<Key>;
  }

  /** Whether somebody set this key, at the start or since. */
  has(key: BrokerKey): boolean {
    return this.sources(key)[0]!.source !== "DEFAULT_CONFIG";
  }

  /** Every value that a key has, the one that holds first. Changes to keys that are not dynamic wait for a restart. */
  sources(key: BrokerKey): Sourced[] {
    const { type, default: preset, dynamic } = brokerKeys[key];
    const found: Sourced[] = [];
    const add = (source: ConfigSource, text: string | undefined) => {
      if (text !== undefined && dynamic) found.push({ key, value: type.parse(text), source });
    };
    add("DYNAMIC_BROKER_CONFIG", this.#ownOverrides.get(key));
    add("DYNAMIC_DEFAULT_BROKER_CONFIG", this.#clusterOverrides.get(key));
    if (this.#written.has(key)) found.push({ key, value: this.#written.get(key), source: "STATIC_BROKER_CONFIG" });
    found.push({ key, value: preset, source: "DEFAULT_CONFIG" });
    return found;
  }

  /** Takes over what the metadata says now: for all brokers, and for this one. */
  override(cluster: Overrides, own: Overrides): void {
    this.#clusterOverrides = cluster;
    this.#ownOverrides = own;
    this.#found.clear();
    this.#version++;
  }

  /** Every value that a topic's key has, the one that holds first. */
  topicSources(key: TopicKey, overrides: Overrides): Sourced[] {
    const { type, default: preset, synonyms } = topicKeys[key];
    const found: Sourced[] = [];
    const own = overrides.get(key);
    if (own !== undefined) found.push({ key, value: type.parse(own), source: "DYNAMIC_TOPIC_CONFIG" });
    for (const synonym of synonyms) {
      for (const { value, source } of this.sources(synonym.key)) {
        if (value !== undefined && source !== "DEFAULT_CONFIG")
          found.push({ key: synonym.key, value: scaled(value, synonym.scale), source });
      }
    }
    found.push({ key: synonyms.at(-1)?.key ?? key, value: preset, source: "DEFAULT_CONFIG" });
    return found;
  }

  /** All values of a topic as they hold now. */
  topic(overrides: Overrides): TopicSettings {
    const settings: Record<string, unknown> = {};
    for (const key of Object.keys(topicKeys).filter(isTopicKey)) settings[key] = this.topicSources(key, overrides)[0]!.value;
    return settings as TopicSettings;
  }
}

/** -1 means «for ever» in every unit. */
function scaled(value: unknown, scale: number): unknown {
  return typeof value === "number" && value >= 0 ? value * scale : value;
}
