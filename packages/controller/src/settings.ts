import type { ConfigRecord, ConfigResource } from "@millrace/metadata";
import { brokerKeys, brokerSettingFault, isBrokerKey, MillraceError, type Overrides, topicSettingFault } from "@millrace/vocabulary";
import { settingLengthMax } from "./bounds.ts";

/** Keys that one broker may not have for itself: partitions move between brokers, and what they promise must not change then. */
const clusterWide: ReadonlySet<string> = new Set(["min.insync.replicas"]);

/** Throws INVALID_CONFIG unless a topic may have this setting. */
export function checkTopicSetting(topic: string, key: string, value: string): void {
  const reason = lengthFault(key, value) ?? topicSettingFault(key, value);
  if (reason !== undefined) throw new MillraceError("INVALID_CONFIG", { topic, reason });
}

/**
 * Throws unless a broker, or all of them, may be given this setting while they run: INVALID_CONFIG, or INVALID_REQUEST where the key is
 * not for changing.
 */
export function checkBrokerSetting(resource: { type: "broker" | "cluster" }, key: string, value: string): void {
  const reason = lengthFault(key, value) ?? brokerSettingFault(key, value);
  if (reason !== undefined) throw new MillraceError("INVALID_CONFIG", { ...resource, reason });
  const fixed = liveFault(resource, key);
  if (fixed !== undefined) throw new MillraceError("INVALID_REQUEST", { ...resource, reason: fixed });
}

function lengthFault(key: string, value: string): string | undefined {
  const length = Math.max(key.length, value.length);
  return length > settingLengthMax ? `key and value may have ${settingLengthMax} characters, not ${length}` : undefined;
}

function liveFault({ type }: { type: "broker" | "cluster" }, key: string): string | undefined {
  if (isBrokerKey(key) && !brokerKeys[key].dynamic) return `${key}: cannot be changed while brokers run; set it in their configuration`;
  return type === "broker" && clusterWide.has(key) ? `${key}: holds for the cluster or for a topic, not for one broker` : undefined;
}

/** The records that turn one set of settings into another. What stays the same has none. */
export function* settingRecords(resource: ConfigResource, before: Overrides, after: Overrides): Generator<ConfigRecord> {
  for (const key of before.keys()) if (!after.has(key)) yield { type: "Config", resource, key, value: undefined };
  for (const [key, value] of after) if (before.get(key) !== value) yield { type: "Config", resource, key, value };
}
