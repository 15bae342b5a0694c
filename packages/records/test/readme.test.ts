import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { BatchView, checkFraming, compressBatch, decompressRecords, encodeBatch, readRecords } from "../src/index.ts";

test("the README's example says what it does", () => {
  const records = [{ key: Buffer.from("7"), value: Buffer.from("paid"), timestamp: 1_700_000_000_000 }];
  const batch = new BatchView(compressBatch(encodeBatch(records), "lz4"));
  batch.baseOffset = Offset(120);
  expect(batch.computeCrc()).toBe(batch.crc);
  const bytes = decompressRecords(batch, 1 << 20);
  expect(checkFraming(batch, bytes)).toEqual({ hasNullKey: false, minTimestamp: 1_700_000_000_000, maxTimestamp: 1_700_000_000_000 });
  expect([...readRecords(batch, bytes)].map(({ offset, value }) => `${offset} ${value}`)).toEqual(["120 paid"]);
});
