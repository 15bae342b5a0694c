import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MillraceError, Offset } from "@millrace/vocabulary";
import { describe, expect, test } from "vitest";
import { encodeGroupMetadata, encodeOffsetCommit, readStored, type StoredBytes } from "../src/stored/stored-records.ts";
import { capturedFolder, consumerOffsetsFile, type StoredPair } from "./support/captured.ts";

const pairs = (JSON.parse(readFileSync(join(capturedFolder, consumerOffsetsFile), "utf8")) as StoredPair[]).map(({ key, value }) => ({
  key: Buffer.from(key, "base64"),
  value: value === null ? null : Buffer.from(value, "base64"),
}));

function again({ key, value }: StoredBytes): StoredBytes {
  const record = readStored(key, value);
  switch (record.type) {
    case "OffsetCommit":
      return encodeOffsetCommit(record.key, record.value);
    case "GroupMetadata":
      return encodeGroupMetadata(record.key, record.value);
    case "unknown":
      throw new Error(`record of kind ${record.number}`);
  }
}

function codeOfThrown(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof MillraceError ? error.code : error;
  }
}

describe("records of __consumer_offsets", () => {
  test.each(pairs.map((pair, index) => ({ ...pair, title: `#${index}` })))("$title, written by Kafka, is the same bytes again", (pair) => {
    expect(again(pair)).toEqual({ key: pair.key, value: pair.value });
  });

  test("the captured ones hold commits with and without an expiry of their own, groups, and tombstones of both", () => {
    const kinds = pairs.map(({ key, value }) => `${key.readInt16BE()} ${value?.readInt16BE()}`);
    expect(new Set(kinds)).toEqual(new Set(["1 4", "1 1", "1 undefined", "2 3", "2 undefined"]));
  });

  const commit = encodeOffsetCommit(
    { group: "billing", topic: "orders", partition: 3 },
    { offset: Offset(7), metadata: "", commitTimestamp: 1_700_000_000_000 },
  );

  test("a kind that is not declared is told by its number", () => {
    expect(readStored(Buffer.from("0003", "hex"), Buffer.alloc(0))).toEqual({ type: "unknown", number: 3 });
  });

  test("a value in a newer version stops the reader with LEVEL_UNKNOWN", () => {
    const newer = Buffer.from(commit.value!);
    newer.writeInt16BE(5);
    expect(codeOfThrown(() => readStored(commit.key, newer))).toBe("LEVEL_UNKNOWN");
  });

  test("a record that is cut off or goes on is DATA_DAMAGED", () => {
    const { key, value } = commit;
    for (let end = 2; end < value!.length; end++) expect(codeOfThrown(() => readStored(key, value!.subarray(0, end)))).toBe("DATA_DAMAGED");
    expect(codeOfThrown(() => readStored(Buffer.concat([key, Buffer.alloc(1)]), value))).toBe("DATA_DAMAGED");
  });
});
