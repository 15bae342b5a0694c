import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  brokerKeys,
  Configuration,
  isBrokerKey,
  isTopicKey,
  parseBrokerSettings,
  readEnvironment,
  readProperties,
  topicKeys,
  topicSettingFault,
  type Written,
} from "@millrace/vocabulary";

const set = (key: string, value: string): Written => ({ key, value, origin: "test" });
const configured = (...settings: Written[]) => new Configuration(parseBrokerSettings(settings).values);

test("every default reads back from the way it is printed", () => {
  for (const [name, key] of [...Object.entries(brokerKeys), ...Object.entries(topicKeys)]) {
    const print = key.type.print as (value: unknown) => string;
    if (key.default !== undefined) expect([name, key.type.parse(print(key.default))]).toEqual([name, key.default]);
  }
});

test("every key says what it is for", () => {
  for (const [name, { doc }] of [...Object.entries(brokerKeys), ...Object.entries(topicKeys)])
    expect([name, doc]).toEqual([name, expect.stringMatching(/^.+\.$/)]);
});

test("a key that a topic does not set comes from the broker, in the topic's unit", () => {
  const configuration = configured(set("log.retention.minutes", "2"), set("log.roll.hours", "1"));
  const settings = configuration.topic(new Map());
  expect([settings["retention.ms"], settings["segment.ms"]]).toEqual([120_000, 3_600_000]);
});

test("of several broker keys for one topic key the finest unit wins", () => {
  const configuration = configured(set("log.retention.hours", "5"), set("log.retention.minutes", "4"), set("log.retention.ms", "3"));
  expect(configuration.topic(new Map())["retention.ms"]).toBe(3);
});

test("for ever is for ever in every unit", () => {
  expect(configured(set("log.retention.hours", "-1")).topic(new Map())["retention.ms"]).toBe(-1);
});

test("a topic's own value wins, and says where it comes from", () => {
  const sources = configured(set("log.retention.ms", "3")).topicSources("retention.ms", new Map([["retention.ms", "7"]]));
  expect(sources.map(({ key, value, source }) => [key, value, source])).toEqual([
    ["retention.ms", 7, "DYNAMIC_TOPIC_CONFIG"],
    ["log.retention.ms", 3, "STATIC_BROKER_CONFIG"],
    ["log.retention.hours", 604_800_000, "DEFAULT_CONFIG"],
  ]);
});

test("a dynamic key changes at once, the broker's own value before the cluster's; a fixed one waits for a restart", () => {
  const configuration = configured();
  configuration.override(
    new Map([
      ["message.max.bytes", "10"],
      ["num.partitions", "3"],
      ["node.id", "9"],
    ]),
    new Map([["message.max.bytes", "20"]]),
  );
  expect([configuration.get("message.max.bytes"), configuration.get("num.partitions"), configuration.get("node.id")]).toEqual([20, 3, 1]);
  configuration.override(new Map(), new Map());
  expect(configuration.get("message.max.bytes")).toBe(brokerKeys["message.max.bytes"].default);
});

test.each([
  ["cleanup.policy", "compact,delete", undefined],
  ["cleanup.policy", "compress", 'cleanup.policy: must be any of compact, delete, separated by commas, not "compress"'],
  ["min.insync.replicas", "0", 'min.insync.replicas: must be a whole number from 1 to 2147483647, not "0"'],
  ["retention.ms", "9223372036854775807", undefined],
  ["retention.ms", "1e3", 'retention.ms: must be a whole number from -1, not "1e3"'],
  ["retention.mss", "1", "retention.mss: no such topic configuration key; did you mean retention.ms?"],
  ["__proto__", "1", "__proto__: no such topic configuration key"],
  ["preallocate", "__proto__", 'preallocate: must be true or false, not "__proto__"'],
  ["preallocate", "constructor", 'preallocate: must be true or false, not "constructor"'],
  ["min.cleanable.dirty.ratio", "1.5", 'min.cleanable.dirty.ratio: must be a number from 0 to 1, not "1.5"'],
  ["min.cleanable.dirty.ratio", "", 'min.cleanable.dirty.ratio: must be a number from 0 to 1, not ""'],
  ["remote.storage.enable", "true", "remote.storage.enable: there is no tiered storage yet, so it must be false"],
])("%s=%s: %s", (key, value, fault) => {
  expect(topicSettingFault(key, value)).toBe(fault);
});

test("properties are read as Java reads them", () => {
  const text = "# a comment\n! another\nnode.id = 5\nlog.dirs:/tmp/a\\\n   b\n\nbroker.rack=caf\\u00e9\nnum.partitions 4";
  expect(readProperties(text, "f").map(({ key, value, origin }) => [key, value, origin])).toEqual([
    ["node.id", "5", "f:3"],
    ["log.dirs", "/tmp/ab", "f:4"],
    ["broker.rack", "café", "f:7"],
    ["num.partitions", "4", "f:8"],
  ]);
});

test("a comment ends with its line, whatever stands there", () => {
  expect(readProperties("# logs lie in C:\\logs\\\nnode.id=5", "f").map(({ key, value }) => [key, value])).toEqual([["node.id", "5"]]);
});

test("a key that every JavaScript object has is refused as any other that is unknown", () => {
  for (const key of ["constructor", "__proto__", "toString"])
    expect(() => parseBrokerSettings([set(key, "1")])).toThrow(
      expect.objectContaining({ facts: { faults: [`${key}: no such configuration key (test)`] } }),
    );
});

test("variables name keys as Kafka's image does, MILLRACE_ wins, and its own keys may leave the prefix out", () => {
  const written = readEnvironment({
    KAFKA_NODE_ID: "1",
    MILLRACE_NODE_ID: "2",
    MILLRACE_DURABILITY: "synced",
    PATH: "/bin",
    KAFKA_JMX_PORT: "1",
  });
  const { values } = parseBrokerSettings(written);
  expect([...values]).toEqual([
    ["node.id", 2],
    ["millrace.durability", "synced"],
  ]);
});

test("no text makes the parser do anything but refuse or return a value", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...Object.keys(brokerKeys).filter(isBrokerKey)), (text, key) => {
      const value = brokerKeys[key].type.parse(text);
      if (value !== undefined) expect(typeof (brokerKeys[key].type.print as (value: unknown) => string)(value)).toBe("string");
    }),
  );
  expect(isTopicKey("constructor")).toBe(false);
});
