import { codeOfWire, zeroUuid } from "@millrace/vocabulary";
import type { Aliases } from "./aliases.ts";
import type { Outcome } from "./transcript.ts";

/** An answer in which only that is left which two brokers ought to say alike. */
export type Normal = string | number | boolean | null | undefined | readonly Normal[] | { readonly [name: string]: Normal };

/** The start of this process: no broker's clock can have made up an earlier time for a record. */
const startMs = Date.now();

/** Arrays whose elements have names that the list of differences shall name. */
const named: ReadonlySet<string> = new Set(["apiKeys", "configs", "supportedFeatures", "finalizedFeatures"]);
/** What tells an element of an array from the others: order means nothing in Kafka's answers. */
const keys = [
  "apiKey",
  "name",
  "topic",
  "topicName",
  "groupId",
  "key",
  "resourceName",
  "topicId",
  "partitionIndex",
  "partition",
  "index",
  "nodeId",
  "brokerId",
  "memberId",
  "logDir",
  "producerId",
  "batchIndex",
  "source",
] as const;

/** What is made of a field's value, by the field's name. Fields that are not here stay as they are. */
const rules: Readonly<Record<string, (value: any, aliases: Aliases) => Normal>> = {
  errorCode: (code: number) => codeOfWire(code),
  errorMessage: presence,
  batchIndexErrorMessage: presence,
  documentation: presence,
  topicId: (id: string, aliases) => (id === zeroUuid ? "<zero>" : aliases.nameOf("topic id", id)),
  clusterId: (id: string | null, aliases) => id && aliases.nameOf("cluster", id),
  memberId: member,
  leader: member,
  port: (port: number, aliases) => (port === aliases.port ? "<port>" : port),
  producerId: (id: number) => (id < 0 ? id : "<producer>"),
  sessionId: (id: number) => (id === 0 ? 0 : "<session>"),
  logAppendTimeMs: time,
  timestamp: time,
  lastTimestamp: time,
  finalizedFeaturesEpoch: (epoch: number) => (epoch >= 0 ? "<epoch>" : epoch),
  logEndOffset: (end: number) => (end > 0 ? "<end>" : end),
  lastFetchTimestamp: time,
  lastCaughtUpTimestamp: time,
  replicaDirectoryId: (id: string) => (id === zeroUuid ? "<zero>" : "<directory>"),
  logDir: presence,
  totalBytes: (bytes: number) => (bytes >= 0 ? "<bytes>" : bytes),
  usableBytes: (bytes: number) => (bytes >= 0 ? "<bytes>" : bytes),
};

export function normalOutcome(outcome: Outcome, aliases: Aliases): Normal {
  if (outcome.kind !== "answered") return outcome.kind;
  return { ...(normalForm(outcome.value, aliases) as object), ...(outcome.hidesBytes ? { "(bytes)": "<more than the fields>" } : {}) };
}

function normalForm(value: unknown, aliases: Aliases, field = ""): Normal {
  if (Array.isArray(value))
    return isKeyed(value) ? keyed(value as readonly Element[], aliases, field) : value.map((each) => normalForm(each, aliases, field));
  if (Buffer.isBuffer(value)) return value.toString("hex");
  const rule = rules[field];
  if (rule !== undefined && value !== undefined) return rule(value, aliases);
  if (value === null || typeof value !== "object") return value as Normal;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, normalForm(each, aliases, name)]));
}

type Element = Readonly<Record<string, unknown>>;

function isKeyed(value: readonly unknown[]): boolean {
  return (
    value.length > 0 &&
    value.every((each) => typeof each === "object" && each !== null && !Buffer.isBuffer(each) && keyFields(each).length > 0)
  );
}

function keyFields(element: object): string[] {
  return keys.filter((key) => key in element);
}

/** Elements by their keys; what has the key of another one is numbered. */
function keyed(elements: readonly Element[], aliases: Aliases, field: string): Normal {
  const isNamed = named.has(field);
  const result: Record<string, Normal> = {};
  const normals = elements.toSorted(byPlainKey).map((element) => normalForm(element, aliases) as Record<string, Normal>);
  for (const normal of normals.toSorted(byText)) {
    const key = keyOf(normal);
    let name = isNamed ? key : `[${key}]`;
    for (let again = 2; name in result; again++) name = isNamed ? `${key}#${again}` : `[${key}#${again}]`;
    result[name] = normal;
  }
  return result;
}

function byPlainKey(a: Element, b: Element): number {
  return plainKey(a) < plainKey(b) ? -1 : 1;
}

/** What has the same key is told apart by all the rest. */
function byText(a: Normal, b: Normal): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function keyOf(normal: Record<string, Normal>): string {
  if (normal["resourceType"] !== undefined) return `${String(normal["resourceType"])} ${String(normal["resourceName"])}`;
  for (const key of keys) {
    const value = normal[key];
    if (value !== undefined && value !== null && value !== "" && value !== "<zero>") return String(value);
  }
  return "";
}

/** By what elements are put in order before their ids have names. */
function plainKey(element: Element): string {
  const key = keys.find((name) => !idFields.has(name) && element[name] !== undefined && element[name] !== null && element[name] !== "");
  return key === undefined ? "" : String(element[key]).padStart(12);
}

const idFields: ReadonlySet<string> = new Set(["topicId", "memberId", "producerId"]);

/** Wording is each broker's own. */
function presence(text: string | null): Normal {
  return text === null || text === "" ? text : "<text>";
}

function time(timeMs: number): Normal {
  return timeMs >= startMs - 60_000 && timeMs <= Date.now() + 60_000 ? "<now>" : timeMs;
}

/** Kafka's members are called by their client and a UUID. */
function member(id: string, aliases: Aliases): Normal {
  if (id === "") return id;
  const [, prefix] = /^(.*)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(id) ?? [];
  return prefix === undefined ? id : aliases.nameOf(`member of ${prefix}`, id);
}
