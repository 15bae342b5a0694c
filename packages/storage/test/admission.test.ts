import { BatchView, compressBatch, encodeBatch, readRecords } from "@millrace/records";
import { codeOf, hourMs, MillraceError, type TopicSettings } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { admitBatch, type Admitted } from "../src/index.ts";
import { openedRecords } from "../src/opened-records.ts";
import { topicSettings } from "../src/testing/index.ts";
import { batch, marker } from "./support/broker.ts";
import { inlineWork } from "./support/real-broker.ts";

const nowMs = 1_000_000_000_000;
const context = { nowMs, allowsZstd: true, work: inlineWork };
const compacted = { "cleanup.policy": ["compact" as const] };

function admit(bytes: Buffer, settings: Partial<TopicSettings> = {}, changes: Partial<typeof context> = {}): Promise<Admitted> {
  return Promise.resolve().then(() => admitBatch(bytes, topicSettings(settings), { ...context, ...changes }));
}

async function refusal(
  bytes: Buffer,
  settings: Partial<TopicSettings> = {},
  changes: Partial<typeof context> = {},
): Promise<MillraceError> {
  return admit(bytes, settings, changes).then(
    () => expect.fail("admitted"),
    (error) => error,
  );
}

/** A batch with a field changed, and a checksum that holds. */
function altered(alter: (bytes: Buffer) => void, bytes: Buffer = batch()): Buffer {
  const changed = Buffer.from(bytes);
  alter(changed);
  const view = new BatchView(changed);
  changed.writeUInt32BE(view.computeCrc(), 17);
  return changed;
}

test("a batch that a client may send is admitted as it is, at once", () => {
  const bytes = batch({ values: ["a", "b"] });
  const admitted = admitBatch(bytes, topicSettings(), context);
  expect(admitted).toEqual({ batch: bytes, logAppendTimeMs: undefined });
  expect((admitted as Admitted).batch).toBe(bytes);
});

test.each<[string, Buffer, string]>([
  ["no bytes", Buffer.alloc(0), "INVALID_RECORD"],
  ["less than a header", batch().subarray(0, 60), "INVALID_RECORD"],
  ["a batch that is not there whole", batch().subarray(0, 65), "INVALID_RECORD"],
  ["two batches", Buffer.concat([batch(), batch()]), "INVALID_RECORD"],
  ["bytes behind the batch", Buffer.concat([batch(), Buffer.alloc(3)]), "INVALID_RECORD"],
  ["an older format", altered((bytes) => bytes.writeInt8(1, 16)), "INVALID_RECORD"],
  ["a newer format", altered((bytes) => bytes.writeInt8(3, 16)), "CORRUPT_MESSAGE"],
  ["a format below zero", altered((bytes) => bytes.writeInt8(-1, 16)), "CORRUPT_MESSAGE"],
  ["zeros", Buffer.alloc(100), "CORRUPT_MESSAGE"],
  ["a length below a header's", altered((bytes) => bytes.writeInt32BE(49 - 12, 8), Buffer.from(batch())), "CORRUPT_MESSAGE"],
  ["a negative length", Buffer.from(batch()).fill(0xff, 8, 12), "CORRUPT_MESSAGE"],
  ["a base offset", altered((bytes) => bytes.writeInt32BE(5, 4)), "INVALID_RECORD"],
  ["a checksum that fails", Buffer.from(batch()).fill(1, 17, 21), "CORRUPT_MESSAGE"],
  ["fewer records than it counts", altered((bytes) => bytes.writeInt32BE(2, 57)), "INVALID_RECORD"],
  ["no records", altered((bytes) => bytes.writeInt32BE(0, 57)), "INVALID_RECORD"],
  ["a last offset that does not fit", altered((bytes) => bytes.writeInt32BE(7, 23)), "INVALID_RECORD"],
  ["a control batch", marker("commit", 1), "INVALID_RECORD"],
  ["a delete horizon", altered((bytes) => bytes.writeInt16BE(0x40, 21)), "INVALID_RECORD"],
  ["a producer without a sequence", batch({ producerId: 5, producerEpoch: 0 }), "INVALID_RECORD"],
  ["a timestamp type that only a broker sets", altered((bytes) => bytes.writeInt16BE(0x08, 21)), "INVALID_TIMESTAMP"],
  ["an unknown compression", altered((bytes) => bytes.writeInt16BE(6, 21)), "UNSUPPORTED_COMPRESSION_TYPE"],
])("%s is refused with its code", async (_, bytes, code) => {
  // The checksum of a length that lies cannot be written.
  expect(codeOf(await refusal(bytes))).toBe(code);
});

test("zstd is refused where the request's version does not know it", async () => {
  const bytes = compressBatch(batch(), "zstd");
  expect((await refusal(bytes, {}, { allowsZstd: false })).code).toBe("UNSUPPORTED_COMPRESSION_TYPE");
  expect((await admit(bytes)).batch).toBe(bytes);
});

test("max.message.bytes bounds the batch as it comes", async () => {
  const bytes = batch();
  expect((await refusal(bytes, { "max.message.bytes": bytes.length - 1 })).code).toBe("MESSAGE_TOO_LARGE");
  await admit(bytes, { "max.message.bytes": bytes.length });
});

test("a record whose framing is broken refuses the batch, and is named", async () => {
  const bytes = altered((changed) => void (changed[61] = 99), batch({ values: ["a", "b"] }));
  const error = await refusal(bytes);
  expect([error.code, error.facts.recordErrors]).toMatchObject(["INVALID_RECORD", [{ index: 0 }]]);
});

test("a compacted topic takes no record without a key, compressed or not", async () => {
  const bytes = batch({ values: ["a", "b", "c"], keys: ["k", null, null] });
  for (const sent of [bytes, compressBatch(bytes, "lz4")]) {
    const error = await refusal(sent, compacted);
    expect([error.code, error.facts.recordErrors]).toMatchObject(["INVALID_RECORD", [{ index: 1 }, { index: 2 }]]);
  }
  await admit(batch({ keys: ["k"] }), compacted);
});

test("timestamps outside their bounds are refused, each named; a record without one is not", async () => {
  const timestamps = [nowMs, nowMs + hourMs + 1, -1, nowMs - 2 * hourMs];
  const bytes = batch({ values: ["a", "b", "c", "d"], timestamps });
  const late = await refusal(bytes);
  expect([late.code, late.facts.recordErrors]).toMatchObject(["INVALID_TIMESTAMP", [{ index: 1 }]]);
  const both = await refusal(bytes, { "message.timestamp.before.max.ms": hourMs });
  expect(both.facts.recordErrors).toMatchObject([{ index: 1 }, { index: 3 }]);
  expect((await refusal(compressBatch(bytes, "gzip"), { "message.timestamp.before.max.ms": hourMs })).code).toBe("INVALID_TIMESTAMP");
});

test("with the usual bounds a compressed batch is not opened, unless its header shows that it must be", async () => {
  const lying = altered((bytes) => bytes.writeInt32BE(0x7777, 62), compressBatch(batch({ timestamps: [nowMs] }), "gzip"));
  expect((await admit(lying)).batch).toBe(lying);
  expect((await refusal(lying, compacted)).code).toBe("CORRUPT_MESSAGE");
  const late = compressBatch(batch({ timestamps: [nowMs + 2 * hourMs] }), "gzip");
  expect((await refusal(late)).code).toBe("INVALID_TIMESTAMP");
});

test("a LogAppendTime topic stamps the batch, whatever its timestamps say", async () => {
  const settings = { "message.timestamp.type": "LogAppendTime" as const };
  for (const bytes of [batch({ timestamps: [5] }), compressBatch(batch({ timestamps: [5] }), "snappy")]) {
    const admitted = await admit(bytes, settings);
    const view = new BatchView(admitted.batch);
    expect([admitted.logAppendTimeMs, view.isLogAppendTime, view.maxTimestamp, view.computeCrc() === view.crc]).toEqual([
      nowMs,
      true,
      nowMs,
      true,
    ]);
  }
});

test("a greatest timestamp that is not the records' is put right", async () => {
  const lying = altered((bytes) => bytes.writeInt32BE(77, 39), batch({ timestamps: [5] }));
  const view = new BatchView((await admit(lying)).batch);
  expect([view.maxTimestamp, view.computeCrc() === view.crc]).toEqual([5, true]);
});

test("compression.type compresses anew what comes otherwise, and leaves the rest", async () => {
  const plain = batch({ values: ["a", "b"], keys: ["k", "l"], producerId: 5, producerEpoch: 1, baseSequence: 3, timestamps: [5, 9] });
  for (const type of ["gzip", "lz4", "snappy", "zstd", "uncompressed"] as const) {
    for (const sent of [Buffer.from(plain), compressBatch(plain, "lz4")]) {
      const { batch: ready } = await admit(sent, { "compression.type": type });
      const view = new BatchView(ready);
      expect([view.compression, view.producerId, view.baseSequence, view.maxTimestamp, view.computeCrc() === view.crc]).toEqual([
        type === "uncompressed" ? "none" : type,
        5,
        3,
        9,
        true,
      ]);
      expect([...readRecords(view, openedRecords(view))].map(({ value, timestamp }) => [value!.toString(), timestamp])).toEqual([
        ["a", 5],
        ["b", 9],
      ]);
    }
  }
  expect((await admit(plain, { "compression.type": "producer" })).batch).toBe(plain);
});

test("what grows past max.message.bytes by being opened is refused", async () => {
  const bytes = compressBatch(batch({ values: ["x".repeat(5_000)] }), "gzip");
  const settings = { "compression.type": "uncompressed" as const, "max.message.bytes": 1_000 };
  expect((await refusal(bytes, settings)).code).toBe("MESSAGE_TOO_LARGE");
});

test("a large compressed batch is opened beside the loop, and its errors come back whole", async () => {
  const records = Array.from({ length: 5_000 }, (_, index) => ({
    key: index === 4_321 ? null : Buffer.from(`${index}`),
    value: Buffer.from(`${Math.sin(index)}`),
    timestamp: nowMs,
  }));
  const bytes = compressBatch(encodeBatch(records), "gzip");
  const admitted = admitBatch(bytes, topicSettings(compacted), context);
  expect(admitted).toBeInstanceOf(Promise);
  await expect(admitted).rejects.toMatchObject({ code: "INVALID_RECORD", facts: { recordErrors: [{ index: 4_321 }] } });
});
