import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addSequence,
  BatchView,
  batchHeaderBytes,
  encodeBatch,
  encodeMarkerBatch,
  readInt64,
  readMarker,
  readRecords,
  recordsOf,
  writeInt64,
} from "../src/index.ts";
import { someBatch, someRecords } from "./support/batches.ts";
import { refusalOf } from "./support/refusal.ts";

describe("batches", () => {
  test("records come back as they were written", () => {
    const written = someRecords(30);
    const view = new BatchView(encodeBatch(written, { baseOffset: 100 }));
    const read = [...readRecords(view, recordsOf(view))];
    expect(read).toEqual(written.map((record, index) => ({ ...record, offset: 100 + index })));
  });

  test("a batch says what it was given, and its checksum covers what follows it", () => {
    const options = { baseOffset: 7, leaderEpoch: 3, producerId: 9000, producerEpoch: 2, baseSequence: 40, isTransactional: true };
    const view = new BatchView(encodeBatch(someRecords(3), options));
    expect(view).toMatchObject({
      ...options,
      magic: 2,
      compression: "none",
      recordCount: 3,
      lastOffset: 9,
      nextOffset: 10,
      lastSequence: 42,
    });
    expect(view.sizeBytes).toBe(view.bytes.length);
    expect(view.computeCrc()).toBe(view.crc);
  });

  test("base offset and leader epoch are written in place without the checksum", () => {
    const view = new BatchView(someBatch(2));
    const { crc } = view;
    view.baseOffset = (2 ** 40) as never;
    view.leaderEpoch = 12;
    expect([view.baseOffset, view.leaderEpoch, view.computeCrc()]).toEqual([2 ** 40, 12, crc]);
  });

  test("a batch stamped by the broker gives every record its timestamp", () => {
    const view = new BatchView(someBatch(4));
    view.stampLogAppendTime(1_800_000_000_000);
    expect(view.computeCrc()).toBe(view.crc);
    expect([...readRecords(view, recordsOf(view))].map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 4 }, () => 1_800_000_000_000),
    );
  });

  test("every truncation of the records is refused with CORRUPT_MESSAGE by their reader", () => {
    const batch = someBatch(6);
    const view = new BatchView(batch);
    for (let end = batchHeaderBytes; end < batch.length; end++)
      expect(refusalOf(() => [...readRecords(view, batch.subarray(batchHeaderBytes, end))])).toBe("CORRUPT_MESSAGE");
  });

  test("a sequence goes on with 0 after 2^31 - 1", () => {
    expect(addSequence(0x7fff_ffff, 1)).toBe(0);
    expect(addSequence(0x7fff_fffe, 3)).toBe(1);
  });

  test("64-bit integers are exact up to 2^53 and keep the ends of their range", () => {
    const bytes = Buffer.alloc(8);
    const again = (value: number): number => {
      writeInt64(bytes, 0, value);
      return readInt64(bytes, 0);
    };
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(again(value)).toBe(value);
        expect(bytes.readBigInt64BE()).toBe(BigInt(value));
      }),
    );
    for (const end of [2 ** 63, -(2 ** 63)]) expect(again(end)).toBe(end);
    writeInt64(bytes, 0, 2 ** 63);
    expect(bytes.toString("hex")).toBe("7fffffffffffffff");
  });
});

describe("markers", () => {
  test("a marker takes one offset, and says how its transaction ended", () => {
    const batch = encodeMarkerBatch({ outcome: "abort", coordinatorEpoch: 5 }, { producerId: 9000, producerEpoch: 1, timestamp: 1000 });
    const view = new BatchView(batch);
    expect(view).toMatchObject({
      isControl: true,
      isTransactional: true,
      recordCount: 1,
      baseSequence: -1,
      producerId: 9000,
      producerEpoch: 1,
    });
    const [record] = readRecords(view, recordsOf(view));
    expect(readMarker(record!)).toEqual({ outcome: "abort", coordinatorEpoch: 5 });
  });

  test("control records of other types are no markers, and short ones are refused", () => {
    expect(readMarker({ key: Buffer.from("00000002", "hex"), value: null })).toBeUndefined();
    expect(refusalOf(() => readMarker({ key: null, value: null }))).toBe("CORRUPT_MESSAGE");
    expect(refusalOf(() => readMarker({ key: Buffer.from("000000", "hex"), value: null }))).toBe("CORRUPT_MESSAGE");
    expect(refusalOf(() => readMarker({ key: Buffer.from("00000001", "hex"), value: Buffer.alloc(5) }))).toBe("CORRUPT_MESSAGE");
  });
});
