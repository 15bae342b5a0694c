import { expect, test } from "vitest";
import {
  catalogue,
  codeOfWire,
  isUuid,
  MillraceError,
  nearest,
  parseAddresses,
  parseEndpoint,
  printAddress,
  topicCollisionKey,
  topicNameFault,
  uuidFromBytes,
  uuidToBytes,
  wireOf,
} from "@millrace/vocabulary";

test("an error's message starts with its code and ends with its facts", () => {
  const error = new MillraceError("OFFSET_OUT_OF_RANGE", { partition: "orders-3", offset: 120, logStart: 200 });
  expect(error.message).toBe("OFFSET_OUT_OF_RANGE: the offset lies outside the log (partition=orders-3 offset=120 logStart=200)");
  expect([error.wire, error.retriable]).toEqual([1, false]);
});

test("a message fits a text of Kafka's protocol, however much was sent", () => {
  const error = new MillraceError("INVALID_CONFIG", { keys: ["\u20ac".repeat(30_000), "\u20ac".repeat(30_000)] });
  expect(error.message).toMatch(/^INVALID_CONFIG: .*\u20ac…$/);
  expect(Buffer.byteLength(error.message)).toBeLessThan(32_767);
});

test("Kafka's numbers are unique, from -1 to 133 without a gap, and read back", () => {
  const numbers = Object.values(catalogue)
    .flatMap((entry) => ("wire" in entry ? [entry.wire] : []))
    .sort((a, b) => a - b);
  expect(numbers).toEqual([...Array(135).keys()].map((number) => number - 1));
  for (const number of numbers) expect(wireOf(codeOfWire(number))).toBe(number);
  expect(codeOfWire(999)).toBe("UNKNOWN_SERVER_ERROR");
});

test.each([
  ["orders", undefined],
  ["a".repeat(249), undefined],
  ["", "a topic name may not be empty"],
  ["..", 'a topic name may not be ".."'],
  ["a".repeat(250), "a topic name may have 249 characters, this one has 250"],
  ["../x", 'a topic name may hold only a-z A-Z 0-9 . _ -, not "../x"'],
  ["a\0b", 'a topic name may hold only a-z A-Z 0-9 . _ -, not "a\\u0000b"'],
  ["é", 'a topic name may hold only a-z A-Z 0-9 . _ -, not "é"'],
])("the topic name %j: %s", (name, fault) => {
  expect(topicNameFault(name)).toBe(fault);
});

test("names that differ by . and _ alone collide", () => {
  expect(topicCollisionKey("a.b_c")).toBe(topicCollisionKey("a_b.c"));
});

test("a UUID reads back from its text, and only Kafka's form is one", () => {
  const bytes = Buffer.from("00112233445566778899aabbccddeeff", "hex");
  const text = uuidFromBytes(bytes);
  expect([text, isUuid(text), uuidToBytes(text).equals(bytes)]).toEqual(["ABEiM0RVZneImaq7zN3u_w", true, true]);
  for (const other of ["", text.slice(1), `${text}A`, `${text.slice(0, 21)}B`, `${text.slice(0, 21)}=`]) expect(isUuid(other)).toBe(false);
});

test.each([
  ["num.partition", "num.partitions"],
  ["listener", "listeners"],
  ["completely different", undefined],
])("the nearest name to %s is %s", (text, name) => {
  expect(nearest(text, ["num.partitions", "listeners", "node.id"])).toBe(name);
});

test.each([
  ["PLAINTEXT://127.0.0.1:9092", { name: "PLAINTEXT", host: "127.0.0.1", port: 9092 }],
  ["plaintext://:0", { name: "PLAINTEXT", host: "", port: 0 }],
  ["IN://[::1]:9092", { name: "IN", host: "::1", port: 9092 }],
])("the listener %s is read", (text, endpoint) => {
  expect(parseEndpoint(text, "listeners")).toEqual(endpoint);
});

test("addresses are read as they are printed, several divided by commas", () => {
  const addresses = parseAddresses("a:1, [::1]:65535,");
  expect(addresses).toEqual([
    { host: "a", port: 1 },
    { host: "::1", port: 65_535 },
  ]);
  expect(addresses.map(printAddress)).toEqual(["a:1", "[::1]:65535"]);
});

test.each(["127.0.0.1:9092", "A://b", "A://b:70000", "A://b:1/x", "://b:1"])("the listener %s is refused with its key", (text) => {
  expect(() => parseEndpoint(text, "listeners")).toThrow(
    expect.objectContaining({ facts: { faults: [expect.stringContaining("listeners: must be NAME://host:port")] } }),
  );
});
