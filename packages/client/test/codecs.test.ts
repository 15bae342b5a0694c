import { bytes, json, SchemaMismatch, text, tombstones, topic } from "@millrace/client";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { expect, test } from "vitest";
import { z } from "zod";

test("text is UTF-8, and bytes that are none cannot be decoded", () => {
  expect(text.decode(text.encode("Größe") as Buffer)).toBe("Größe");
  expect(() => text.decode(Buffer.from([0xff]))).toThrow("no UTF-8");
});

test("null is for tombstones alone", () => {
  expect(() => text.decode(null)).toThrow("null");
  expect(() => bytes.decode(null)).toThrow("null");
  const nullable = tombstones(text);
  expect([nullable.encode(null), nullable.decode(null)]).toEqual([null, null]);
  expect(nullable.decode(Buffer.from("a"))).toBe("a");
});

test("json writes what is put in, and reads what the schema makes of it", () => {
  const schema = json(z.object({ at: z.string().transform((value) => value.length), times: z.number().default(1) }));
  const encoded = schema.encode({ at: "noon" }) as Buffer;
  expect(encoded.toString()).toBe('{"at":"noon"}');
  expect(schema.decode(encoded)).toEqual({ at: 4, times: 1 });
});

test("json refuses both ways what its schema does, and says where", () => {
  const schema = json(z.object({ lines: z.array(z.object({ amount: z.number() })) }));
  const wrong = { lines: [{ amount: "one" }] };
  expect(() => schema.encode(wrong as never)).toThrow(SchemaMismatch);
  expect(() => schema.decode(Buffer.from(JSON.stringify(wrong)))).toThrow(/^lines\.0\.amount: /);
  expect(() => schema.decode(Buffer.from("{"))).toThrow(SyntaxError);
});

test("json takes any Standard Schema, asynchronous ones included", async () => {
  const even: StandardSchemaV1<number, number> = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: async (value) => (Number(value) % 2 === 0 ? { value: Number(value) } : { issues: [{ message: "odd" }] }),
    },
  };
  expect(String(await json(even).encode(4))).toBe("4");
  await expect(json(even).decode(Buffer.from("3"))).rejects.toThrow("odd");
});

test("json without a schema passes anything that JSON has", () => {
  expect(json().decode(json().encode([1, null, "a"]) as Buffer)).toEqual([1, null, "a"]);
  expect(() => json().encode(undefined)).toThrow("JSON has no undefined");
});

test("a topic's name is checked at once", () => {
  expect(() => topic("no spaces", { value: text })).toThrow(/INVALID_TOPIC_EXCEPTION/);
});
