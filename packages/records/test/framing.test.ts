import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BatchView,
  batchHeaderBytes,
  checkFraming,
  encodeBatch,
  readRecords,
  type RecordToWrite,
  recordsOf,
  sealBatch,
} from "../src/index.ts";
import { someBatch, someRecords } from "./support/batches.ts";
import { refusalOf } from "./support/refusal.ts";

const bytes = fc.uint8Array({ maxLength: 30 }).map((array) => Buffer.from(array));
const records: fc.Arbitrary<RecordToWrite[]> = fc.array(
  fc.record({
    key: fc.option(bytes, { freq: 3 }),
    value: fc.option(bytes, { freq: 3 }),
    timestamp: fc.oneof(fc.nat(), fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 })),
    headers: fc.array(fc.record({ key: fc.string({ maxLength: 8 }), value: fc.option(bytes) }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 20 },
);

describe("the walk over a batch's records", () => {
  test("finds null keys and the bounds of the timestamps", () => {
    fc.assert(
      fc.property(records, (written) => {
        const timestamps = written.map(({ timestamp }) => timestamp);
        expect(checkFraming(new BatchView(encodeBatch(written)))).toEqual({
          hasNullKey: written.some(({ key }) => key === null),
          minTimestamp: Math.min(...timestamps),
          maxTimestamp: Math.max(...timestamps),
        });
      }),
    );
  });

  test("finds a batch in the middle of others", () => {
    const [first, second] = [someBatch(3), someBatch(4)];
    const view = new BatchView(Buffer.concat([first, second]), first.length);
    expect(checkFraming(view).hasNullKey).toBe(false);
    expect(checkFraming(new BatchView(someBatch(5))).hasNullKey).toBe(true);
  });

  test("every truncation of valid records is refused with INVALID_RECORD", () => {
    const batch = someBatch(7);
    const view = new BatchView(batch);
    for (let end = batchHeaderBytes; end < batch.length; end++)
      expect(refusalOf(() => checkFraming(view, batch.subarray(batchHeaderBytes, end)))).toBe("INVALID_RECORD");
  });

  test("bytes behind the last record are refused", () => {
    const view = new BatchView(someBatch(2));
    expect(refusalOf(() => checkFraming(view, Buffer.concat([recordsOf(view), Buffer.alloc(1)])))).toBe("INVALID_RECORD");
  });

  test("a header that counts other records than there are is refused", () => {
    for (const [recordCount, lastOffsetDelta] of [
      [3, 2],
      [5, 4],
      [4, 4],
      [0, -1],
      [-1, -2],
      [0x7fff_ffff, 0x7fff_fffe],
    ] as const) {
      const batch = someBatch(4);
      batch.writeInt32BE(lastOffsetDelta, 23);
      batch.writeInt32BE(recordCount, 57);
      expect(refusalOf(() => checkFraming(new BatchView(batch)))).toBe("INVALID_RECORD");
    }
  });

  test("offsets that do not rise by one from zero are refused", () => {
    const [a, b] = [encodeBatch(someRecords(1)), encodeBatch(someRecords(1))];
    const twice = Buffer.concat([a, b.subarray(batchHeaderBytes)]);
    sealBatch(twice, {
      baseOffset: 0,
      leaderEpoch: -1,
      compression: "none",
      isLogAppendTime: false,
      isTransactional: false,
      isControl: false,
      deleteHorizonMs: undefined,
      lastOffsetDelta: 1,
      baseTimestamp: 0,
      maxTimestamp: 0,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      recordCount: 2,
    });
    expect(refusalOf(() => checkFraming(new BatchView(twice)))).toBe("INVALID_RECORD");
  });

  test("records of any bytes are walked or refused, as the reader of records finds them", () => {
    const batch = someBatch(5);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = Buffer.from(batch);
        for (const [at, byte] of changes) changed[batchHeaderBytes + (at % (batch.length - batchHeaderBytes))] = byte;
        const view = new BatchView(changed);
        const code = refusalOf(() => checkFraming(view));
        expect(["INVALID_RECORD", undefined]).toContain(code);
        // What the walk lets through can be read.
        if (code === undefined) expect([...readRecords(view, recordsOf(view))]).toHaveLength(5);
      }),
      { numRuns: 3000 },
    );
  });
});
