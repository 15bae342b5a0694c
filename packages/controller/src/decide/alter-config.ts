import type { ConfigResource } from "@millrace/metadata";
import { brokerKeys, type ConfigKey, MillraceError, type Overrides, topicKeys } from "@millrace/vocabulary";
import type { ConfigChange, ConfigOperation } from "../controller.ts";
import { settlement } from "../settlement.ts";
import { checkBrokerSetting, checkTopicSetting, settingRecords } from "../settings.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** One kind of resource, as far as altering it goes. */
interface Target {
  readonly resource: ConfigResource;
  readonly before: Overrides;
  readonly keys: Readonly<Record<string, ConfigKey<any>>>;
  check(key: string, value: string): void;
}

/**
 * Changes to the settings of one resource: all of them or none. Partitions follow in the same step, so that nobody knows the settings and
 * not what they mean for the partitions. Where these are too many, some go ahead: the answer is then false, and the change is to be
 * decided again. Refuses as `alterConfigs` says.
 */
export function decideAlterConfig(surroundings: Surroundings, change: ConfigChange): Decision<boolean> {
  const target = targetOf(surroundings, change.resource);
  checkOperations(change);
  const after = new Map(change.mode === "merge" ? target.before : []);
  for (const operation of change.operations) {
    const value = valueAfter(target, operation);
    if (value === undefined) after.delete(operation.key);
    else after.set(operation.key, value);
  }
  const { changes, next } = settlement(surroundings, target.resource, target.before, after);
  if (next !== undefined) return { records: changes, reply: false };
  return { records: [...settingRecords(target.resource, target.before, after), ...changes], reply: true };
}

function targetOf({ image }: Surroundings, resource: ConfigChange["resource"]): Target {
  switch (resource.type) {
    case "topic": {
      const topic = image.topics.byName(resource.name);
      if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: resource.name });
      const check = (key: string, value: string) => checkTopicSetting(topic.name, key, value);
      return { resource: { type: "topic", id: topic.id }, before: topic.overrides, keys: topicKeys, check };
    }
    case "broker": {
      if (!image.brokers.has(resource.id)) throw new MillraceError("BROKER_ID_NOT_REGISTERED", { broker: resource.id });
      const before = image.brokerOverrides.get(resource.id) ?? new Map();
      return { resource, before, keys: brokerKeys, check: (key, value) => checkBrokerSetting(resource, key, value) };
    }
    case "cluster":
      return {
        resource,
        before: image.clusterOverrides,
        keys: brokerKeys,
        check: (key, value) => checkBrokerSetting(resource, key, value),
      };
  }
}

/** A key may be named once, and everything but a deletion needs a value, as in Kafka. */
function checkOperations({ resource, operations }: ConfigChange): void {
  const keys = new Set<string>();
  for (const { key, operation, value } of operations) {
    if (keys.has(key)) throw new MillraceError("INVALID_REQUEST", { ...resource, key, reason: "a key is named twice" });
    if (operation !== "delete" && value === undefined)
      throw new MillraceError("INVALID_REQUEST", { ...resource, key, reason: `${operation} needs a value` });
    keys.add(key);
  }
}

/** What the key is set to afterwards; undefined: it has no setting. */
function valueAfter(target: Target, { key, operation, value }: ConfigOperation): string | undefined {
  switch (operation) {
    case "delete":
      return undefined;
    case "set":
      return checked(target, key, value!);
    case "append": {
      const parts = listOf(target, key);
      return checked(target, key, [...parts, ...split(value!).filter((part) => !parts.includes(part))].join(","));
    }
    case "subtract": {
      const gone = split(value!);
      return checked(
        target,
        key,
        listOf(target, key)
          .filter((part) => !gone.includes(part))
          .join(","),
      );
    }
  }
}

function checked(target: Target, key: string, value: string): string {
  target.check(key, value);
  return value;
}

/** The list that a key is set to, or its default, as in Kafka. Throws INVALID_CONFIG where the key is no list. */
function listOf({ keys, before }: Target, key: string): string[] {
  const declared = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (declared !== undefined && declared.type.kind !== "list")
    throw new MillraceError("INVALID_CONFIG", { reason: `${key}: only a list can be appended to or subtracted from` });
  return split(before.get(key) ?? (declared === undefined ? "" : declared.type.print(declared.default)));
}

function split(list: string): string[] {
  return list
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
