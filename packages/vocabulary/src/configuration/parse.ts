import { MillraceError } from "../errors/millrace-error.ts";
import { nearest } from "../nearest.ts";
import { brokerKeys, type BrokerKey, keysWithoutMeaning } from "./broker-keys.ts";
import { topicKeys, type TopicKey } from "./topic-keys.ts";
import type { ConfigKey } from "./types.ts";

/** One setting as somebody wrote it, and where: «server.properties:12», «KAFKA_LISTENERS», «--set». */
export interface Written {
  readonly key: string;
  readonly value: string;
  readonly origin: string;
}

/** What is wrong with a setting, in words that name key, value, what is allowed and the nearest name. */
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

/** Kafka's older names for a key. */
const renames: Readonly<Record<string, BrokerKey>> = { "broker.id": "node.id", "log.dir": "log.dirs" };

function renamed(setting: Written): Written {
  return { ...setting, key: renames[setting.key] ?? setting.key };
}

/**
 * The settings in a Java properties file: `key=value`, `key: value`, comments from `#` or `!`, lines continued by `\`.
 *
 * @param file name of the file, for messages
 */
export function readProperties(text: string, file: string): Written[] {
  const settings: Written[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const origin = `${file}:${index + 1}`;
    let line = lines[index]!.trimStart();
    while (/(^|[^\\])(\\\\)*\\$/.test(line) && index + 1 < lines.length) line = line.slice(0, -1) + lines[++index]!.trimStart();
    if (line === "" || line.startsWith("#") || line.startsWith("!")) continue;
    const [, key, value] = /^((?:\\.|[^\\=:\s])+)\s*[=:\s]?\s*(.*)$/.exec(line) ?? [];
    if (key === undefined)
      throw new MillraceError("CONFIGURATION_INVALID", { faults: [`not a setting: ${JSON.stringify(line)} (${origin})`] });
    settings.push({ key: unescape(key), value: unescape(value!), origin });
  }
  return settings;
}

function unescape(text: string): string {
  const named: Record<string, string> = { t: "\t", n: "\n", r: "\r", f: "\f" };
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
    code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (named[code] ?? code),
  );
}

/** Variables of Kafka's image that steer its JVM or its scripts and are no configuration keys. */
const foreignVariables =
  /^KAFKA_(HEAP_OPTS|OPTS|JMX_.*|JVM_PERFORMANCE_OPTS|GC_LOG_OPTS|LOG4J_.*|CLUSTER_ID|HOME|VERSION|TOOLS_LOG4J_LOGLEVEL)$/;

/**
 * The settings in the environment, as Kafka's image takes them: `KAFKA_` or `MILLRACE_`, then the key in capitals with
 * `.` as `_`, `_` as `__` and `-` as `___`. A MILLRACE_ variable wins. `MILLRACE_` keys may leave out their own prefix:
 * MILLRACE_DURABILITY is millrace.durability.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Written[] {
  const settings: Written[] = [];
  for (const prefix of ["KAFKA_", "MILLRACE_"]) {
    for (const [variable, value] of Object.entries(environment).sort()) {
      if (value === undefined || !variable.startsWith(prefix) || foreignVariables.test(variable)) continue;
      const key = keyOfVariable(variable.slice(prefix.length));
      const own = `millrace.${key}`;
      settings.push({
        key: prefix === "MILLRACE_" && !Object.hasOwn(brokerKeys, key) && Object.hasOwn(brokerKeys, own) ? own : key,
        value,
        origin: variable,
      });
    }
  }
  return settings;
}

function keyOfVariable(name: string): string {
  return name.toLowerCase().replace(/_+/g, (run) => ({ 1: ".", 2: "_", 3: "-" })[run.length] ?? run);
}

/** Whether the text names a topic's key. */
export function isTopicKey(key: string): key is TopicKey {
  return Object.hasOwn(topicKeys, key);
}

/** Whether the text names a broker's key. */
export function isBrokerKey(key: string): key is BrokerKey {
  return Object.hasOwn(brokerKeys, key);
}
