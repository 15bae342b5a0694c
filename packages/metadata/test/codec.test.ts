import * as fc from "fast-check";
import { codeOf } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decodeRecord, encodeRecord, metadataLevelMax, type MetadataRecord } from "../src/index.ts";
import { anyRecord } from "./support/arbitraries.ts";

test("a record is read as it was written: absent, empty and zero stay apart", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(decodeRecord(encodeRecord(record, metadataLevelMax))).toEqual(record);
    }),
    { numRuns: 2_000 },
  );
});

test("whatever the bytes are, they are a record or an error with a name", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.tuple(anyRecord, fc.nat(), fc.nat(255)).map(([record, at, value]) => damaged(record, at, value)),
  );
  fc.assert(
    fc.property(bytes, (some) => {
      try {
        decodeRecord(Buffer.from(some));
      } catch (error) {
        expect(["LEVEL_UNKNOWN", "DATA_DAMAGED"]).toContain(codeOf(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

function damaged(record: MetadataRecord, at: number, value: number): Buffer {
  const bytes = encodeRecord(record, metadataLevelMax);
  if (bytes.length > 0) bytes[at % bytes.length] = value;
  return bytes;
}

test("a record of no type, a setting of nothing and an id that is too short are damaged", () => {
  expect(() => decodeRecord(Buffer.alloc(0))).toThrow("DATA_DAMAGED");
  expect(() => decodeRecord(Buffer.from([(8 << 3) | 2, 3, (6 << 3) | 2, 1, 0x61]))).toThrow("DATA_DAMAGED");
  expect(() => decodeRecord(Buffer.from([(7 << 3) | 2, 3, (1 << 3) | 2, 1, 0x61]))).toThrow("DATA_DAMAGED");
});
