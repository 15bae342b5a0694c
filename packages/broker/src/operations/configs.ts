import type { MetadataImage } from "@millrace/metadata";
import {
  BrokerId,
  brokerKeys,
  type ConfigKind,
  type ConfigSource,
  type Configuration,
  isBrokerKey,
  isTopicKey,
  MillraceError,
  type Sourced,
  topicKeys,
} from "@millrace/vocabulary";

/** What has configuration. */
export type ConfigResource =
  | { readonly type: "topic"; readonly name: string }
  | { readonly type: "broker"; readonly id: BrokerId }
  | { readonly type: "cluster" };

/** One key as it holds now. */
export interface ConfigDescription {
  readonly key: string;
  /** Null: it has none. */
  readonly value: string | null;
  readonly source: ConfigSource;
  /** It can only be changed by a restart. */
  readonly isReadOnly: boolean;
  readonly kind: ConfigKind;
  readonly doc: string;
  /** Every value that it has, the one that holds first. */
  readonly synonyms: readonly { readonly key: string; readonly value: string | null; readonly source: ConfigSource }[];
}

/** What describing configuration needs of the broker. */
export interface ConfigSurroundings {
  readonly self: BrokerId;
  readonly image: MetadataImage;
  readonly configuration: Configuration;
}

/**
 * Every key of a resource, sorted; of the cluster those that were set. UNKNOWN_TOPIC_OR_PARTITION for a missing topic, INVALID_REQUEST
 * for another broker: it is asked itself.
 */
export function describeConfigs(surroundings: ConfigSurroundings, resource: ConfigResource): ConfigDescription[] {
  switch (resource.type) {
    case "topic":
      return describeTopic(surroundings, resource.name);
    case "broker":
      return describeBroker(surroundings, resource.id);
    case "cluster":
      return describeCluster(surroundings);
  }
}

function describeTopic({ image, configuration }: ConfigSurroundings, name: string): ConfigDescription[] {
  const topic = image.topics.byName(name);
  if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name });
  return Object.keys(topicKeys)
    .filter(isTopicKey)
    .sort()
    .map((key) => describe(key, topicKeys[key], configuration.topicSources(key, topic.overrides)));
}

function describeBroker({ self, configuration }: ConfigSurroundings, id: BrokerId): ConfigDescription[] {
  if (id !== self)
    throw new MillraceError("INVALID_REQUEST", { broker: id, asked: self, reason: "a broker knows its own configuration only" });
  return Object.keys(brokerKeys)
    .filter(isBrokerKey)
    .sort()
    .map((key) => describe(key, brokerKeys[key], configuration.sources(key)));
}

function describeCluster({ image, configuration }: ConfigSurroundings): ConfigDescription[] {
  return [...image.clusterOverrides.keys()]
    .filter(isBrokerKey)
    .sort()
    .map((key) => {
      const sources = configuration.sources(key).filter(({ source }) => source !== "DYNAMIC_BROKER_CONFIG");
      return describe(key, brokerKeys[key], sources);
    });
}

interface Described {
  readonly type: { readonly kind: ConfigKind; print(value: never): string };
  readonly doc: string;
  readonly dynamic: boolean;
}

function describe(key: string, { type, doc, dynamic }: Described, sources: readonly Sourced[]): ConfigDescription {
  const print = (value: unknown) => (value === undefined ? null : type.print(value as never));
  const synonyms = sources.map((sourced) => ({ key: sourced.key, value: print(sourced.value), source: sourced.source }));
  const { value, source } = synonyms[0]!;
  return { key, value, source, isReadOnly: !dynamic, kind: type.kind, doc, synonyms };
}

/** The resource that Kafka's type and name mean; a broker's name is its id in digits, or empty for all. INVALID_REQUEST otherwise. */
export function brokerResource(name: string): ConfigResource {
  if (name === "") return { type: "cluster" };
  if (!/^\d{1,9}$/.test(name)) throw new MillraceError("INVALID_REQUEST", { broker: name, reason: "not a broker id" });
  return { type: "broker", id: BrokerId(Number(name)) };
}
