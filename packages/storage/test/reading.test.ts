import { compressBatch } from "@millrace/records";
import { MemoryBudget } from "@millrace/runtime";
import { simulatedWorld } from "@millrace/runtime/simulated";
import { MiB, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Log, LogRead } from "../src/index.ts";
import { brokerConfiguration, openTestDirectory, topicSettings } from "../src/testing/index.ts";
import { append, asClient, batch, batchesIn, TestBroker, topicId } from "./support/broker.ts";

function withoutTail(): Promise<TestBroker> {
  return TestBroker.open({ configuration: brokerConfiguration({ "millrace.tail.max.bytes": "0" }) });
}

test("the newest batches are read from memory, at once and without the disk", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  const { reads } = broker.runtime.disk.counters;
  const read = log.read(Offset(1), { bytesMax: 1000, upTo: Offset(3), firstBatchWhole: true });
  expect(read).not.toBeInstanceOf(Promise);
  expect([(read as { nextOffset: number }).nextOffset, broker.runtime.disk.counters.reads]).toEqual([3, reads]);
});

test("the tails of all logs together stay within their bound; the oldest batch of all goes first", async () => {
  const broker = await TestBroker.open({ configuration: brokerConfiguration({ "millrace.tail.max.bytes": "30000" }) });
  const [first, second] = [await broker.log(), await broker.log({}, 1)];
  const isInMemory = (log: Log, from: number) =>
    !(log.read(Offset(from), { bytesMax: 1, upTo: log.logEnd, firstBatchWhole: true }) instanceof Promise);
  // In memory of its own, as a socket brings it.
  const put = async (log: Log) => {
    const bytes = batch({ values: ["x".repeat(9_000)] });
    const own = Buffer.allocUnsafeSlow(bytes.length);
    bytes.copy(own);
    log.append(own, asClient);
    await broker.world.settle();
  };
  await put(first);
  await put(second);
  await put(second);
  expect([isInMemory(first, 0), isInMemory(second, 0)]).toEqual([true, true]);
  await put(second);
  expect([isInMemory(first, 0), isInMemory(second, 0), isInMemory(second, 2)]).toEqual([false, true, true]);
});

test("of a log that nobody reads, the newest 2 MiB stay in memory; from the first read on, what fits", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "max.message.bytes": 8 * MiB });
  const put = async () => {
    append(log, "x".repeat(0.9 * MiB));
    await broker.world.settle();
  };
  const read = (from: number) => log.read(Offset(from), { bytesMax: 1, upTo: log.logEnd, firstBatchWhole: true });
  const isInMemory = (from: number) => !(read(from) instanceof Promise);
  for (let count = 0; count < 5; count++) await put();
  expect([isInMemory(2), isInMemory(3)]).toEqual([false, true]);
  for (let count = 0; count < 5; count++) {
    await put();
    expect(isInMemory(5 + count)).toBe(true);
  }
  expect(isInMemory(3)).toBe(true);
});

test("a batch larger than asked for comes whole where that is wanted, and is left out where not", async () => {
  for (const broker of [await TestBroker.open(), await withoutTail()]) {
    const log = await broker.log({ "max.message.bytes": 8 * MiB });
    append(log, "x".repeat(3 * MiB), "y");
    await broker.world.settle();
    const read = (firstBatchWhole: boolean) =>
      broker.drive(Promise.resolve(log.read(Offset(0), { bytesMax: 1000, upTo: Offset(2), firstBatchWhole })));
    expect((await read(true)).bytes).toBeGreaterThan(3 * MiB);
    expect(await read(false)).toMatchObject({ bytes: 0, nextOffset: 0 });
  }
});

test("an offset inside a batch brings the whole batch", async () => {
  const broker = await withoutTail();
  const log = await broker.log();
  log.append(batch({ values: ["a", "b", "c"] }), asClient);
  append(log, "d");
  await broker.world.settle();
  expect(batchesIn(await broker.read(log, 1)).map((view) => view.baseOffset)).toEqual([0, 3]);
});

test("a long log is read in a number of disk reads that does not grow with it", async () => {
  const readsFor = async (segments: number) => {
    const broker = await withoutTail();
    const log = await broker.log({ "segment.bytes": 4_000, "index.interval.bytes": 200 });
    for (let count = 0; count < segments * 50; count++) append(log, `value ${count}`);
    await broker.stopAndStart();
    const again = await broker.log({ "segment.bytes": 4_000, "index.interval.bytes": 200 });
    const { reads } = broker.runtime.disk.counters;
    expect(batchesIn(await broker.read(again, 25, 80))[0]!.baseOffset).toBe(25);
    return broker.runtime.disk.counters.reads - reads;
  };
  expect(await readsFor(40)).toBe(await readsFor(4));
});

test("a reader that goes on where it stopped asks no index", async () => {
  const broker = await withoutTail();
  const log = await broker.log({ "index.interval.bytes": 100 });
  for (let count = 0; count < 100; count++) append(log, `value ${count}`);
  await broker.stopAndStart();
  const again = await broker.log({ "index.interval.bytes": 100 });
  let next = (await broker.read(again, 0, 500)).nextOffset;
  const { reads } = broker.runtime.disk.counters;
  for (let count = 0; count < 5; count++) next = (await broker.read(again, next, 500)).nextOffset;
  expect(broker.runtime.disk.counters.reads - reads).toBe(5);
});

test("the first record at or after a timestamp is found, over segments and inside compressed batches", async () => {
  const broker = await withoutTail();
  const log = await broker.log({ "segment.bytes": 300, "index.interval.bytes": 0 });
  for (let count = 0; count < 10; count++) {
    const timestamps = [count * 100, count * 100 + 50, count * 100 + 20];
    log.append(compressBatch(batch({ values: ["a", "b", "c"], timestamps }), "gzip"), asClient);
  }
  await broker.stopAndStart();
  const again = await broker.log({ "segment.bytes": 300, "index.interval.bytes": 0 });
  const find = (timestampMs: number, upTo = 30) => broker.drive(again.offsetForTimestamp(timestampMs, Offset(upTo)));
  expect(await find(0)).toMatchObject({ offset: 0, timestampMs: 0 });
  expect(await find(410)).toMatchObject({ offset: 13, timestampMs: 450 });
  expect(await find(451)).toMatchObject({ offset: 15, timestampMs: 500 });
  expect(await find(951)).toBe(undefined);
  expect(await find(900, 27)).toBe(undefined);
});

test("the record with the greatest timestamp is found, the first of several, below a bound", async () => {
  const broker = await withoutTail();
  const log = await broker.log({ "segment.bytes": 160, "index.interval.bytes": 0 });
  for (const timestamp of [5, 9, 3, 9, 20, 1]) log.append(batch({ values: ["a", "b"], timestamps: [timestamp - 1, timestamp] }), asClient);
  await broker.world.settle();
  const find = (upTo: number) => broker.drive(log.offsetOfMaxTimestamp(Offset(upTo)));
  expect(await find(12)).toMatchObject({ offset: 9, timestampMs: 20 });
  expect(await find(8)).toMatchObject({ offset: 3, timestampMs: 9 });
  expect(await find(0)).toBe(undefined);
  log.highWatermarkIs(Offset(12));
  await broker.drive(log.deleteRecordsBefore(Offset(10)));
  expect(await find(12)).toMatchObject({ offset: 11, timestampMs: 1 });
});

/** A log of a hundred records in a directory that keeps no tail, opened again, so that nothing of it is in memory. */
async function onDisk(broker: TestBroker): Promise<Log> {
  const log = await broker.log();
  for (let count = 0; count < 100; count++) append(log, `value ${count}`);
  await broker.stopAndStart();
  return broker.log();
}

test("a crowd that reads the same reads the disk once", async () => {
  const broker = await withoutTail();
  const log = await onDisk(broker);
  const { reads } = broker.runtime.disk.counters;
  const first = await broker.read(log, 0, 500);
  const once = broker.runtime.disk.counters.reads - reads;
  for (let member = 0; member < 15; member++) expect((await broker.read(log, 0, 500)).nextOffset).toBe(first.nextOffset);
  expect(broker.runtime.disk.counters.reads - reads).toBe(once);
});

test("what a reader in order wants next is in memory before it asks", async () => {
  const broker = await withoutTail();
  const log = await onDisk(broker);
  let next = (await broker.read(log, 0, 500)).nextOffset;
  next = (await broker.read(log, next, 500)).nextOffset;
  await broker.world.settle();
  const { reads } = broker.runtime.disk.counters;
  const read = log.read(next, { bytesMax: 500, upTo: log.logEnd, firstBatchWhole: true });
  expect(read).not.toBeInstanceOf(Promise);
  expect(batchesIn(read as LogRead)[0]!.baseOffset).toBe(next);
  expect(broker.runtime.disk.counters.reads).toBe(reads);
});

test("a reader that wants less gets less of what is in memory, and an offset in the middle of it is found", async () => {
  const broker = await withoutTail();
  const log = await onDisk(broker);
  await broker.read(log, 0, 2_000);
  const { reads } = broker.runtime.disk.counters;
  const some = await broker.read(log, 7, 200);
  expect([batchesIn(some)[0]!.baseOffset, some.bytes <= 200]).toEqual([7, true]);
  expect((await broker.read(log, 3, 2_000, 5)).nextOffset).toBe(5);
  expect(broker.runtime.disk.counters.reads).toBe(reads);
});

test("what was cut off is not in memory either", async () => {
  const broker = await withoutTail();
  const log = await onDisk(broker);
  await broker.read(log, 0, 2_000);
  await broker.drive(log.truncateTo(Offset(5)));
  append(log, "another");
  await broker.world.settle();
  expect((await broker.records(log)).at(-1)).toBe("5 another");
});

test("memory for it is accounted for, bounded, and given back where memory is short", async () => {
  const memory = new MemoryBudget(() => 64 * MiB);
  const world = simulatedWorld(1);
  const configuration = brokerConfiguration({ "millrace.tail.max.bytes": "0" });
  const directory = await world.drive(openTestDirectory(world.process("broker"), { configuration, memory }));
  const settings = topicSettings();
  const log = await world.drive(directory.openLog(topicId, 0, () => settings));
  for (let count = 0; count < 40; count++) log.append(batch({ values: ["x".repeat(MiB - 200)] }), asClient);
  await world.settle();
  for (let offset = 0; offset < 40; offset++)
    await world.drive(Promise.resolve(log.read(Offset(offset), { bytesMax: MiB, upTo: log.logEnd, firstBatchWhole: true })));
  const account = memory.account("read");
  expect([account.bytes > 8 * MiB, account.bytes <= 16 * MiB]).toEqual([true, true]);
  memory.account("test").charge(50 * MiB);
  expect(account.bytes).toBe(0);
});
