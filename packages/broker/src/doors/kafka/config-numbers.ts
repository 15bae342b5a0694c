import { configSources, configTypes } from "@millrace/protocol";
import type { ConfigKind, ConfigSource } from "@millrace/vocabulary";

const sourceNumbers: Record<ConfigSource, number> = {
  DYNAMIC_TOPIC_CONFIG: configSources.topic,
  DYNAMIC_BROKER_CONFIG: configSources.dynamicBroker,
  DYNAMIC_DEFAULT_BROKER_CONFIG: configSources.dynamicDefaultBroker,
  STATIC_BROKER_CONFIG: configSources.staticBroker,
  DEFAULT_CONFIG: configSources.default,
};

/** Kafka's number for where a value comes from. */
export function sourceNumber(source: ConfigSource): number {
  return sourceNumbers[source];
}

/** Kafka's number for a value's type. */
export function typeNumber(kind: ConfigKind): number {
  return configTypes[kind];
}
