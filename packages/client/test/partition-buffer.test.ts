import { compressBatch, encodeBatch, encodeMarkerBatch, BatchView } from "@millrace/records";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { PartitionBuffer } from "../src/consumer/partition-buffer.ts";

interface BatchAt {
  readonly at: number;
  readonly values: readonly string[];
  readonly by?: number;
}

function batch({ at, values, by }: BatchAt): Buffer {
  const records = values.map((value) => ({ key: null, value: Buffer.from(value), timestamp: 0 }));
  const owner = by === undefined ? {} : { producerId: by, producerEpoch: 0, isTransactional: true };
  return placed(encodeBatch(records, owner), at);
}

function marker(at: number, by: number, outcome: "abort" | "commit"): Buffer {
  return placed(encodeMarkerBatch({ outcome, coordinatorEpoch: 0 }, { producerId: by, producerEpoch: 0, timestamp: 0 }), at);
}

function placed(bytes: Buffer, at: number): Buffer {
  new BatchView(bytes).baseOffset = Offset(at);
  return bytes;
}

function chunk(batches: readonly Buffer[], options: { nextOffset: number; aborted?: { producerId: number; firstOffset: number }[] }) {
  const bounds = { subscription: 1, failure: null, leader: null, logStart: 0, highWatermark: 0, lastStableOffset: 0 };
  return { ...bounds, aborted: [], ...options, batches: Buffer.concat(batches) };
}

function drained(buffer: PartitionBuffer): string[] {
  const values: string[] = [];
  for (let record = buffer.next(); record !== undefined; record = buffer.next())
    values.push(`${record.offset}:${record.value!.toString()}`);
  return values;
}

test("records come in order, across batches and chunks", () => {
  const buffer = new PartitionBuffer(0);
  buffer.add(chunk([batch({ at: 0, values: ["a", "b"] }), batch({ at: 2, values: ["c"] })], { nextOffset: 3 }));
  buffer.add(chunk([batch({ at: 3, values: ["d"] })], { nextOffset: 4 }));
  expect(drained(buffer)).toEqual(["0:a", "1:b", "2:c", "3:d"]);
  expect(buffer.position).toBe(4);
});

test("records before the first that is wanted are left out", () => {
  const buffer = new PartitionBuffer(1);
  buffer.add(chunk([batch({ at: 0, values: ["a", "b", "c"] })], { nextOffset: 3 }));
  expect(drained(buffer)).toEqual(["1:b", "2:c"]);
});

test("compressed batches are opened", () => {
  const buffer = new PartitionBuffer(0);
  buffer.add(chunk([compressBatch(batch({ at: 0, values: ["a", "b"] }), "zstd")], { nextOffset: 2 }));
  expect(drained(buffer)).toEqual(["0:a", "1:b"]);
});

test("gaps are passed over", () => {
  const buffer = new PartitionBuffer(0);
  buffer.add(chunk([batch({ at: 5, values: ["a"] })], { nextOffset: 9 }));
  expect(drained(buffer)).toEqual(["5:a"]);
  expect(buffer.position).toBe(9);
});

test("markers are no records", () => {
  const buffer = new PartitionBuffer(0);
  buffer.add(chunk([batch({ at: 0, values: ["a"], by: 7 }), marker(1, 7, "commit"), batch({ at: 2, values: ["b"] })], { nextOffset: 3 }));
  expect(drained(buffer)).toEqual(["0:a", "2:b"]);
});

test("what was aborted is left out, and what its producer commits after that is not", () => {
  const buffer = new PartitionBuffer(0);
  const batches = [
    batch({ at: 0, values: ["aborted"], by: 7 }),
    batch({ at: 1, values: ["other"], by: 8 }),
    batch({ at: 2, values: ["plain"] }),
    marker(3, 7, "abort"),
    batch({ at: 4, values: ["committed"], by: 7 }),
    marker(5, 7, "commit"),
  ];
  buffer.add(chunk(batches, { nextOffset: 6, aborted: [{ producerId: 7, firstOffset: 0 }] }));
  expect(drained(buffer)).toEqual(["1:other", "2:plain", "4:committed"]);
});

test("a transaction that was aborted across chunks is left out in both", () => {
  const buffer = new PartitionBuffer(0);
  const aborted = [{ producerId: 7, firstOffset: 0 }];
  buffer.add(chunk([batch({ at: 0, values: ["x"], by: 7 })], { nextOffset: 1, aborted }));
  buffer.add(
    chunk([batch({ at: 1, values: ["y"], by: 7 }), marker(2, 7, "abort"), batch({ at: 3, values: ["z"], by: 7 })], {
      nextOffset: 4,
      aborted,
    }),
  );
  expect(drained(buffer)).toEqual(["3:z"]);
});

test("bytes are free once a chunk has been read to its end", () => {
  const buffer = new PartitionBuffer(0);
  const bytes = batch({ at: 0, values: ["a", "b"] });
  buffer.add(chunk([bytes], { nextOffset: 2 }));
  buffer.next();
  expect(buffer.takeFreedBytes()).toBe(0);
  expect(buffer.sizeBytes).toBe(bytes.length);
  drained(buffer);
  expect(buffer.takeFreedBytes()).toBe(bytes.length);
  expect(buffer.takeFreedBytes()).toBe(0);
  expect(buffer.sizeBytes).toBe(0);
});

test.each([
  ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
  ["changed", (bytes: Buffer) => bytes.fill(0xff, bytes.length - 1)],
  ["shorter than it says", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 8), Buffer.from([0x7f, 0, 0, 0]), bytes.subarray(12)])],
  ["of a negative length", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 8), Buffer.from([0xff, 0, 0, 0]), bytes.subarray(12)])],
  ["too short for a header", (bytes: Buffer) => bytes.subarray(0, 40)],
])("a batch that is %s is CORRUPT_MESSAGE", (_, damage) => {
  const buffer = new PartitionBuffer(0);
  buffer.add(chunk([damage(batch({ at: 0, values: ["a"] }))], { nextOffset: 1 }));
  expect(() => buffer.next()).toThrow(/CORRUPT_MESSAGE/);
});
