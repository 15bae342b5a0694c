import * as fc from "fast-check";
import { MiB, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { PartitionLog } from "../src/log/partition-log.ts";
import { brokerConfiguration } from "../src/testing/index.ts";
import { append, asClient, asMarker, batch, batchesIn, marker, TestBroker } from "./support/broker.ts";

const directory = "/data/logs/AAAAAAAAAAAAAAAAAAAAAw-0";
const small = { "segment.bytes": 1_000, "index.interval.bytes": 100 };

async function withFile(broker: TestBroker, name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  const { disk } = broker.runtime;
  const file = await broker.drive(disk.open(`${directory}/${name}`, "write"));
  const bytes = Buffer.alloc(await broker.drive(file.size()));
  await broker.drive(file.read(bytes, 0));
  const changed = change(bytes);
  await broker.drive(file.truncate(changed.length));
  await broker.drive(file.write([changed], 0));
  await broker.drive(file.sync());
  await broker.drive(disk.syncDirectory(directory));
  await broker.drive(file.close());
}

function flipped(bytes: Buffer, at: number, bit = 0): Buffer {
  const changed = Buffer.from(bytes);
  changed[at]! ^= 1 << bit;
  return changed;
}

async function forgetHints(broker: TestBroker): Promise<void> {
  const { state } = broker.directory;
  await broker.drive(state.commit([...state.range({})].map(({ key }) => ({ key, value: undefined }))));
}

function withoutTail(): Promise<TestBroker> {
  return TestBroker.open({ configuration: brokerConfiguration({ "millrace.tail.max.bytes": "0" }) });
}

test("after a crash only what lies past the recovery point is read", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.bytes": 8 * MiB });
  for (let count = 0; count < 40; count++) append(log, "x".repeat(MiB - 200));
  await broker.pass(31_000);
  append(log, "y".repeat(1000));
  await broker.world.settle();
  await broker.crash();
  const { readBytes } = broker.runtime.disk.counters;
  const again = await broker.log({ "segment.bytes": 8 * MiB });
  expect(broker.runtime.disk.counters.readBytes - readBytes).toBeLessThan(1_600);
  expect([again.logEnd, again.lostRecords]).toEqual([41, false]);
});

test("after a crash of the process alone nothing below the written point is read, however far behind the disk is", async () => {
  const broker = await TestBroker.open({ configuration: brokerConfiguration({ "millrace.tail.max.bytes": "0" }) });
  const settings = { "segment.bytes": 8 * MiB };
  const log = await broker.log(settings);
  for (let count = 0; count < 20; count++)
    log.append(batch({ values: ["x".repeat(MiB - 200)], producerId: 7, producerEpoch: 0, baseSequence: count }), asClient);
  await broker.world.settle();
  await broker.drive((log as PartitionLog).noteWritten());
  append(log, "y".repeat(1000));
  await broker.world.settle();
  expect(log.syncedEnd).toBe(0);
  const producers = log.producers();
  await broker.crash();
  const { readBytes } = broker.runtime.disk.counters;
  const again = await broker.log(settings);
  expect(broker.runtime.disk.counters.readBytes - readBytes).toBeLessThan(2_200);
  expect([again.logEnd, again.syncedEnd, again.lostRecords, again.producers()]).toEqual([21, 0, false, producers]);
  await broker.pass(31_000);
  expect(again.syncedEnd).toBe(21);
  await broker.crash("power cut");
  const afterCut = await broker.log(settings);
  expect([afterCut.logEnd, afterCut.lostRecords, (await broker.records(afterCut, 20))[0]!.slice(0, 4)]).toEqual([21, false, "20 y"]);
});

test("written points follow within 64 MiB of all logs together", async () => {
  const broker = await TestBroker.open();
  const logs = [await broker.log({ "segment.bytes": 8 * MiB }), await broker.log({ "segment.bytes": 8 * MiB }, 1)];
  const unnoted = () => logs.reduce((sum, log) => sum + (log as PartitionLog).state.unnotedBytes, 0);
  for (let count = 0; count < 100; count++) {
    append(logs[count % 2]!, "x".repeat(MiB - 200));
    await broker.pass(10);
    expect(unnoted()).toBeLessThan(64 * MiB);
  }
});

test("a written point that does not hold is as good as none", async () => {
  const damages: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => bytes.subarray(0, 5),
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => flipped(bytes, 30),
    (bytes) => Buffer.alloc(bytes.length),
  ];
  for (const damage of damages) {
    const broker = await TestBroker.open();
    const log = await broker.log(small);
    for (let count = 0; count < 40; count++) append(log, `${count}`);
    await broker.world.settle();
    await broker.drive((log as PartitionLog).noteWritten());
    broker.world.crash("broker");
    broker.runtime = broker.world.restart("broker");
    await withFile(broker, "written-point", damage);
    await broker.openDirectory();
    const again = await broker.log(small);
    expect([(await broker.records(again)).length, again.lostRecords]).toEqual([40, false]);
  }
});

test("a written point of before a power cut is not believed, whatever the cut left", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  await broker.drive((log as PartitionLog).noteWritten());
  await withFile(broker, "written-point", (bytes) => bytes);
  broker.world.crash("broker", "power cut");
  broker.runtime = broker.world.restart("broker");
  // The length of the log had reached the disk, its bytes had not.
  await withFile(broker, "00000000000000000000.log", () => Buffer.alloc(3 * 69));
  await broker.openDirectory();
  // Nobody opens the log in this life, after which nothing but the point itself tells that the page cache was another one.
  await broker.crash();
  expect([broker.directory.lastStop, (await broker.log()).logEnd]).toEqual(["crashed", 0]);
});

test("recovery points follow within 30 seconds, and within 64 MiB of all logs together", async () => {
  const broker = await TestBroker.open();
  const logs = [await broker.log(), await broker.log({}, 1)];
  append(logs[0]!, "a");
  await broker.pass(30_000);
  expect(logs[0]!.syncedEnd).toBe(1);
  for (let count = 0; count < 70; count++) {
    append(logs[count % 2]!, "x".repeat(MiB - 200));
    await broker.pass(10);
  }
  await broker.pass(100);
  const behind = logs.reduce((sum, log) => sum + (log.logEnd - log.syncedEnd), 0);
  expect(behind).toBeLessThan(64);
});

test("a batch that a crash cut short is cut off, and nothing counts as lost", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b");
  await broker.world.settle();
  broker.world.crash("broker");
  broker.runtime = broker.world.restart("broker");
  await withFile(broker, "00000000000000000000.log", (bytes) => bytes.subarray(0, bytes.length - 5));
  await broker.openDirectory();
  const again = await broker.log();
  expect([await broker.records(again), again.lostRecords]).toEqual([["0 a"], false]);
});

test("a batch that is damaged after a crash of the process alone counts as lost, with all behind it", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  broker.world.crash("broker");
  broker.runtime = broker.world.restart("broker");
  await withFile(broker, "00000000000000000000.log", (bytes) => flipped(bytes, 69 + 66));
  await broker.openDirectory();
  const again = await broker.log();
  expect([await broker.records(again), again.lostRecords]).toEqual([["0 a"], true]);
});

test("a log whose synced records are gone says so", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  log.highWatermarkIs(Offset(3));
  await broker.drive(broker.directory.close());
  await withFile(broker, "00000000000000000000.log", (bytes) => bytes.subarray(0, 69));
  await broker.openDirectory();
  const again = await broker.log();
  expect([await broker.records(again), again.lostRecords, again.highWatermarkHint]).toEqual([["0 a"], true, 1]);
});

test("hints that are lost are made again from the segments: producers, epochs, indexes, aborted transactions", async () => {
  const broker = await withoutTail();
  const log = await broker.log(small);
  for (let count = 0; count < 40; count++)
    log.append(batch({ values: [`${count}`], producerId: 7, producerEpoch: 0, baseSequence: count }), asClient);
  log.append(batch({ producerId: 8, producerEpoch: 0, baseSequence: 0, isTransactional: true }), asClient);
  log.append(marker("abort", 8), asMarker);
  await broker.world.settle();
  const before = [log.producers(), await broker.records(log)];
  await broker.pass(31_000);
  await forgetHints(broker);
  await broker.crash();
  const again = await broker.log(small);
  expect([again.producers(), await broker.records(again)]).toEqual(before);
  expect(await broker.drive(again.abortedTransactions(Offset(0), Offset(42)))).toEqual([{ producerId: 8, firstOffset: 40 }]);
  expect(batchesIn(await broker.read(again, 20, 80))[0]!.baseOffset).toBe(20);
});

test("an index that is missing, cut short or wrong is made anew, and readers never notice", async () => {
  const damages: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => bytes.subarray(0, 3),
    (bytes) => flipped(bytes, 7),
    (bytes) => flipped(bytes, 3, 3),
    (bytes) => Buffer.alloc(bytes.length),
  ];
  for (const damage of damages) {
    const broker = await withoutTail();
    const log = await broker.log(small);
    for (let count = 0; count < 40; count++) append(log, `${count}`);
    await broker.drive(broker.directory.close());
    await withFile(broker, "00000000000000000000.index", damage);
    await withFile(broker, "00000000000000000000.timeindex", damage);
    await broker.drive(broker.runtime.disk.remove(`${directory}/00000000000000000014.index`));
    await broker.openDirectory();
    const again = await broker.log(small);
    for (const from of [3, 9, 20, 25, 39]) expect((await broker.records(again, from))[0]).toBe(`${from} ${from}`);
    expect(await broker.drive(again.offsetForTimestamp(1000, Offset(40)))).toMatchObject({ offset: 0 });
    expect(broker.failures).toEqual([]);
  }
});

test("no bit that rots in a sealed segment goes unseen: a read brings what was written, or an error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom("log", "index", "timeindex"), fc.nat(), async (seed, kind, place) => {
      const broker = await TestBroker.open({ seed, configuration: brokerConfiguration({ "millrace.tail.max.bytes": "0" }) });
      const log = await broker.log(small);
      for (let count = 0; count < 30; count++) append(log, `${count}`);
      await broker.world.settle();
      const written = await broker.records(log);
      await broker.drive(broker.directory.close());
      await withFile(broker, `00000000000000000000.${kind}`, (bytes) => flipped(bytes, Math.floor(place / 8) % bytes.length, place % 8));
      await broker.openDirectory();
      const again = await broker.log(small);
      for (const from of [0, 5, 11, 13]) {
        const read = await broker.records(again, from).catch((error) => error.code as string);
        if (kind !== "log") expect(read).toEqual(written.slice(from));
        else if (typeof read === "string") expect(read).toBe("KAFKA_STORAGE_ERROR");
        else expect(read).toEqual(written.slice(from, from + read.length));
      }
      const found = await broker.drive(again.offsetForTimestamp(1000, Offset(30)).catch((error) => error.code as string));
      if (kind !== "log") expect(found).toMatchObject({ offset: 0 });
      expect(broker.failures).toEqual([]);
    }),
    { numRuns: Number(process.env["MILLRACE_MODEL_RUNS"] ?? 150) },
  );
});
