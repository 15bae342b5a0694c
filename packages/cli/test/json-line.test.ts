import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonReader } from "../src/produce/json-line.ts";
import { type ReadRecord, toJsonRecord } from "../src/records/json-record.ts";
import { record } from "./support/records.ts";

const read = jsonReader({ key: undefined, headers: [], partition: undefined });

function sent(line: string) {
  const { key, value, ...rest } = read(Buffer.from(line), 1);
  return { key: key === null ? null : Buffer.from(key).toString(), value: value === null ? null : Buffer.from(value).toString(), ...rest };
}

test("a line says key, value, headers, partition and timestamp", () => {
  const line = '{"key":"7","value":"paid","headers":{"source":"shop"},"partition":2,"timestamp":1700000000000}';
  expect(sent(line)).toEqual({
    key: "7",
    value: "paid",
    headers: [{ key: "source", value: Buffer.from("shop") }],
    partition: 2,
    timestampMs: 1_700_000_000_000,
  });
});

test("what a line does not say is null, or as the options say", () => {
  expect(sent("{}")).toEqual({ key: null, value: null, headers: [], partition: undefined, timestampMs: undefined });
  const withDefaults = jsonReader({ key: "k", headers: [{ key: "h", value: null }], partition: 3 });
  expect(withDefaults(Buffer.from("{}"), 1)).toMatchObject({ key: Buffer.from("k"), headers: [{ key: "h", value: null }], partition: 3 });
});

test("a value that is no text is sent as JSON, and a timestamp may be a date and time", () => {
  expect(sent('{"value":{"id":7},"timestamp":"2026-01-31T12:00:00Z"}')).toMatchObject({
    value: '{"id":7}',
    timestampMs: 1_769_860_800_000,
  });
});

test("what consume prints can be sent again, whatever bytes it holds", () => {
  const bytes = fc.option(fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array)));
  const header = fc.record({ key: fc.string(), value: bytes });
  fc.assert(
    fc.property(bytes, bytes, fc.array(header, { maxLength: 3 }), (key, value, headers) => {
      const original: ReadRecord = { ...record(), key, value, headers };
      const again = read(Buffer.from(JSON.stringify(toJsonRecord(original))), 1);
      expect({ key: again.key, value: again.value, headers: again.headers }).toEqual({ key, value, headers });
    }),
  );
});

test("bytes that are no text stand in base64, and the text is left out", () => {
  const { valueBase64, ...others } = toJsonRecord(record({ key: "k", value: Buffer.from([0xff]) }));
  expect(valueBase64).toBe("/w==");
  expect(others).toEqual({ topic: "orders", partition: 0, offset: 0, timestamp: 0, key: "k", headers: [] });
});

test.each([
  ["nonsense", /is not valid JSON/],
  ["[]", /it must be an object/],
  ['{"vlaue":1}', /there is no field vlaue; there are topic, partition/],
  ['{"valueBase64":"?"}', /valueBase64 must be base64/],
  ['{"headers":7}', /headers must be an array of \{ key, value \}, or an object/],
  ['{"headers":[{"value":"1"}]}', /a header must have a key, a text/],
  ['{"partition":-1}', /partition must be a whole number from 0/],
  ['{"timestamp":"soon"}', /timestamp must be milliseconds since 1970, or a date and time/],
])("%s is refused, with the number of its line", (line, reason) => {
  expect(() => read(Buffer.from(line), 7)).toThrow(
    expect.objectContaining({ code: "RECORD_INVALID", facts: { line: 7, reason: expect.stringMatching(reason) } }),
  );
});
