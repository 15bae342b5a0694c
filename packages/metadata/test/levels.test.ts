import { assert } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decodeRecord, metadataLevelMax, metadataLevelMin } from "../src/index.ts";
import { type FieldLevel, fieldsBeyond, type MessageLevels, recordLevels } from "../src/records/levels.ts";
import { protoMessages } from "./support/proto-text.ts";

const messages = protoMessages();

/** Every field that a record may hold, as a path, with the levels the table gives it. */
function* declared(
  message = "MetadataRecord",
  levels: MessageLevels = recordLevels,
  path = "",
): Generator<[string, FieldLevel | undefined]> {
  for (const { name, type } of messages.get(message)!) {
    const level = levels[name];
    yield [path + name, level];
    const inner = typeof level === "object" ? level.of : {};
    if (messages.has(type)) yield* declared(type, inner, `${path}${name}.`);
  }
}

/** Every field that the table knows, as a path. */
function* known(levels: MessageLevels = recordLevels, path = ""): Generator<string> {
  for (const [name, level] of Object.entries(levels)) {
    yield path + name;
    if (typeof level === "object") yield* known(level.of, `${path}${name}.`);
  }
}

test("the .proto declares what this test believes it does", () => {
  expect(messages.get("MetadataRecord")).toHaveLength(10);
  expect(messages.get("BrokerState")).toEqual([
    { name: "epoch", number: 1, type: "int64" },
    { name: "isFenced", number: 2, type: "bool" },
    { name: "isInControlledShutdown", number: 3, type: "bool" },
  ]);
});

test("every record type and every field names the metadata level that introduced it", () => {
  const missing = [...declared()].filter(([, level]) => level === undefined).map(([path]) => path);
  expect(missing).toEqual([]);
  for (const [path, level] of declared()) {
    assert(level !== undefined, "no field is missing");
    const since = typeof level === "number" ? level : level.since;
    expect(since >= metadataLevelMin && since <= metadataLevelMax, path).toBe(true);
  }
});

test("the table of levels names nothing that the .proto does not declare", () => {
  expect([...known()].sort()).toEqual([...declared()].map(([path]) => path).sort());
});

test("a field beyond the finalised level is found at any depth", () => {
  const levels: MessageLevels = { old: 1, young: 3, inner: { since: 2, of: { old: 2, young: 3 } } };
  const message = { old: 1, inner: [{ old: 1 }, { old: 1, young: 1 }] };
  expect(fieldsBeyond(1, message, levels)).toEqual(["inner"]);
  expect(fieldsBeyond(2, message, levels)).toEqual(["inner.young"]);
  expect(fieldsBeyond(3, message, levels)).toEqual([]);
  expect(fieldsBeyond(2, { old: 1, young: undefined, inner: null }, levels)).toEqual([]);
  expect(fieldsBeyond(3, { unheard: 1 }, levels)).toEqual(["unheard"]);
});

/** Bytes that hold one message inside the other along a path, and a field of a later version in the last one. */
function* laterVersions(message = "MetadataRecord", wrap = (bytes: Buffer) => bytes, path = message): Generator<[string, Buffer]> {
  yield [path, wrap(Buffer.from([0xf8, 0x07, 0x01]))];
  for (const { name, number, type } of messages.get(message)!) {
    if (!messages.has(type)) continue;
    yield* laterVersions(type, (bytes) => wrap(Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes])), `${path}.${name}`);
  }
}

test.each([...laterVersions()])("a record of a later version is refused, not misread: an unknown field in %s", (_, bytes) => {
  expect(() => decodeRecord(bytes)).toThrow("LEVEL_UNKNOWN");
});

test("a field that changed its wire type counts as unknown", () => {
  const nameAsNumber = Buffer.from([(4 << 3) | 2, 2, (2 << 3) | 0, 7]);
  expect(() => decodeRecord(nameAsNumber)).toThrow("LEVEL_UNKNOWN");
});
