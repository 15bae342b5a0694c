import { MillraceError } from "../errors/millrace-error.ts";
import { nearest } from "../nearest.ts";
import { brokerKeys, type BrokerKey } from "./broker-keys.ts";
import { keysWithoutMeaning, olderNames } from "./foreign-keys.ts";
import { topicKeys } from "./topic-keys.ts";
import type { ConfigKey } from "./types.ts";

/** One setting as somebody wrote it, and where: «server.properties:12», «KAFKA_LISTENERS», «--set». */
export interface Written {
  readonly key: string;
  readonly value: string;
  readonly origin: string;
}

/** What is wrong with a setting, in words that name key, value, what is allowed and the nearest name; undefined: nothing. */
export function brokerSettingFault(key: string, value: string): string | undefined {
  return settingFault(brokerKeys, "configuration key", key, value);
}

/** As brokerSettingFault, for a topic's key. */
export function topicSettingFault(key: string, value: string): string | undefined {
  if (key === "remote.storage.enable" && value.trim() === "true")
    return "remote.storage.enable: there is no tiered storage yet, so it must be false";
  return settingFault(topicKeys, "topic configuration key", key, value);
}

function settingFault(keys: Readonly<Record<string, ConfigKey<any>>>, noun: string, key: string, value: string): string | undefined {
  if (!Object.hasOwn(keys, key)) {
    const guess = nearest(key, Object.keys(keys));
    return `${key}: no such ${noun}${guess === undefined ? "" : `; did you mean ${guess}?`}`;
  }
  const { type } = keys[key]!;
  return type.parse(value) === undefined ? `${key}: must be ${type.allowed}, not ${JSON.stringify(value)}` : undefined;
}

/**
 * Reads settings into values. Later ones win over earlier ones. Keys that mean something only in Kafka come back as
 * warnings; everything else that is unknown or not allowed is reported at once, all of it, with CONFIGURATION_INVALID.
 */
export function parseBrokerSettings(written: readonly Written[]): { values: Map<BrokerKey, unknown>; warnings: string[] } {
  const values = new Map<BrokerKey, unknown>();
  const warnings: string[] = [];
  const faults: string[] = [];
  for (const { key, value, origin } of written.map(renamed)) {
    if (keysWithoutMeaning.has(key)) {
      warnings.push(`${key} (${origin}) means nothing here and is ignored`);
      continue;
    }
    const fault = brokerSettingFault(key, value);
    if (fault === undefined) values.set(key as BrokerKey, brokerKeys[key as BrokerKey].type.parse(value));
    else faults.push(`${fault} (${origin})`);
  }
  if (faults.length > 0) throw new MillraceError("CONFIGURATION_INVALID", { faults });
  return { values, warnings };
}

function renamed(setting: Written): Written {
  return { ...setting, key: olderNames.get(setting.key) ?? setting.key };
}
