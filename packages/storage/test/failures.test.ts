import { MiB, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { append, asClient, batch, Diary, TestBroker, topicId } from "./support/broker.ts";

const reserveBytes = 256 * 1024;

test("a write that fails stops the log and its directory: one notice each, and no append after it", async () => {
  const broker = await TestBroker.open();
  const [log, other] = [await broker.log(), await broker.log({}, 1)];
  const diary = new Diary();
  log.observe(diary);
  append(log, "a");
  await broker.world.settle();
  broker.world.failNext("broker", "write");
  append(log, "b");
  append(log, "c");
  await broker.world.settle();
  expect(diary.entries).toEqual(["written", "failed KAFKA_STORAGE_ERROR"]);
  expect([log.logEnd, broker.failures.length]).toEqual([1, 1]);
  expect(() => append(log, "d")).toThrow("KAFKA_STORAGE_ERROR");
  expect(() => append(other, "d")).toThrow("KAFKA_STORAGE_ERROR");
  expect(broker.directory.failure?.facts).toMatchObject({ operation: "write", errno: "EIO" });
  expect(await broker.records(log)).toEqual(["0 a"]);
});

test("what a failed write left is cut off when the log is opened again", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  await broker.world.settle();
  broker.world.failNext("broker", "write");
  append(log, "b");
  await broker.world.settle();
  await broker.crash();
  const again = await broker.log();
  append(again, "c");
  await broker.world.settle();
  expect(await broker.records(again)).toEqual(["0 a", "1 c"]);
});

test("a sync that fails is never tried again, and nothing counts as synced by it", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  await broker.world.settle();
  broker.world.failNext("broker", "sync");
  await expect(broker.drive(log.sync())).rejects.toThrow("KAFKA_STORAGE_ERROR");
  const { syncs } = broker.runtime.disk.counters;
  await expect(broker.drive(log.sync())).rejects.toThrow("KAFKA_STORAGE_ERROR");
  await broker.pass(60_000);
  expect([log.syncedEnd, broker.runtime.disk.counters.syncs, broker.failures.length]).toEqual([0, syncs, 1]);
});

test("a stop after a failure is no clean stop", async () => {
  const broker = await TestBroker.open();
  append(await broker.log(), "a");
  await broker.world.settle();
  broker.world.failNext("broker", "sync");
  await broker.drive(broker.directory.close());
  await broker.openDirectory();
  expect(broker.directory.lastStop).toBe("crashed");
});

test("a full disk drops what it could not write and refuses appends; when there is room they go on, at the offset that was dropped", async () => {
  const broker = await TestBroker.open({ reserveBytes });
  const log = await broker.log();
  const diary = new Diary();
  log.observe(diary);
  append(log, "a");
  await broker.world.settle();
  broker.world.change("broker", { disk: { capacityBytes: 400 * 1024 } });
  for (let index = 0; index < 20; index++) append(log, "x".repeat(20_000));
  await broker.world.settle();
  expect(broker.directory.isFull).toBe(true);
  expect(diary.entries.at(-1)).toBe("dropped KAFKA_STORAGE_ERROR");
  expect([log.failure, broker.failures, log.nextOffset]).toEqual([undefined, [], log.logEnd]);
  const kept = await broker.records(log);
  expect(() => append(log, "b")).toThrow("cause=DISK_FULL");
  // The reserve is free, so that small commits still find a place.
  await broker.drive(broker.directory.state.commit([{ key: Buffer.from("k"), value: Buffer.from("v") }]));
  broker.world.change("broker", { disk: { capacityBytes: 16 * MiB } });
  await broker.pass(3_000);
  expect(broker.directory.isFull).toBe(false);
  expect(await broker.drive(broker.runtime.disk.stat("/data/reserve"))).toMatchObject({ sizeBytes: reserveBytes });
  append(log, "after");
  await broker.world.settle();
  expect(await broker.records(log)).toEqual([...kept, `${kept.length} after`]);
  await broker.stopAndStart();
  expect(await broker.records(await broker.log())).toEqual([...kept, `${kept.length} after`]);
});

test("one log that finds the disk full keeps the others from using up the reserve", async () => {
  const broker = await TestBroker.open({ reserveBytes });
  const [log, other] = [await broker.log(), await broker.log({}, 1)];
  append(other, "kept");
  await broker.world.settle();
  broker.world.change("broker", { disk: { capacityBytes: 300 * 1024 } });
  append(log, "x".repeat(90_000));
  await broker.world.settle();
  expect(broker.directory.isFull).toBe(true);
  expect(() => append(other, "y")).toThrow("DISK_FULL");
  expect(await broker.records(other)).toEqual(["0 kept"]);
});

test("an observer that knows nothing of dropped appends is told a failure, and resigns", async () => {
  const broker = await TestBroker.open({ reserveBytes });
  const log = await broker.log();
  const { written, synced, logStartMoved, failed, entries } = new Diary();
  log.observe({ written, synced, logStartMoved, failed });
  broker.world.failNext("broker", "write", "ENOSPC");
  append(log, "a");
  await broker.world.settle();
  expect(entries).toEqual(["failed KAFKA_STORAGE_ERROR"]);
});

test("a process without a descriptor left drops what needed one, and fails nothing else", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  const diary = new Diary();
  log.observe(diary);
  broker.world.failNext("broker", "open", "EMFILE");
  append(log, "a");
  await broker.world.settle();
  expect([diary.entries, log.nextOffset, broker.failures]).toEqual([["dropped KAFKA_STORAGE_ERROR"], 0, []]);
  append(log, "b");
  await broker.world.settle();
  expect(await broker.records(log)).toEqual(["0 b"]);
});

test("producer state goes back with what was dropped", async () => {
  const broker = await TestBroker.open({ reserveBytes });
  const log = await broker.log();
  const send = (baseSequence: number) => log.append(batch({ producerId: 7, producerEpoch: 0, baseSequence }), asClient);
  send(0);
  await broker.world.settle();
  broker.world.failNext("broker", "write", "ENOSPC");
  send(1);
  await broker.world.settle();
  await broker.pass(3_000);
  expect(log.producers()).toMatchObject([{ lastSequence: 0 }]);
  expect(send(1)).toMatchObject({ baseOffset: Offset(1), isDuplicate: false });
});

test("a store that fails to commit ends the directory", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  await broker.world.settle();
  broker.world.change("broker", { kv: { commitFailedPpm: 1_000_000 } });
  await broker.pass(30_000);
  expect(broker.failures.length).toBe(1);
  expect(() => append(log, "b")).toThrow("KAFKA_STORAGE_ERROR");
});

/** Lets a batch that lies at the beginning of a log claim other offsets than it has. */
async function rotLastOffset(broker: TestBroker): Promise<void> {
  const path = "/data/logs/AAAAAAAAAAAAAAAAAAAAAw-0/00000000000000000000.log";
  const file = await broker.drive(broker.runtime.disk.open(path, "write"));
  // The lowest byte of the last offset's delta, which lies at 23 (KIP-98).
  await broker.drive(file.write([Buffer.of(13)], 26));
  await broker.drive(file.close());
}

test("a full disk cuts off what was not written, and nothing else, whatever rot makes earlier batches claim", async () => {
  const broker = await TestBroker.open({ reserveBytes });
  const log = await broker.log();
  log.append(batch({ values: ["a", "b", "c", "d", "e", "f"] }), asClient);
  await broker.world.settle();
  log.highWatermarkIs(Offset(6));
  await rotLastOffset(broker);
  broker.world.failNext("broker", "write", "ENOSPC");
  append(log, "unlucky");
  await broker.pass(25_000);
  expect([log.logEnd, log.nextOffset]).toEqual([6, 6]);
});

test("a cut that comes upon a broken batch is refused, and nothing is cut: where the batch ends is not known", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  log.append(batch({ values: ["a", "b", "c", "d", "e", "f"] }), asClient);
  append(log, "g", "h");
  await broker.world.settle();
  await rotLastOffset(broker);
  await expect(broker.drive(log.truncateTo(Offset(7)))).rejects.toMatchObject({ code: "KAFKA_STORAGE_ERROR" });
  await broker.world.settle();
  expect([log.logEnd, log.damagedFrom, broker.failures]).toEqual([8, 0, []]);
});

test("after a failed sync the next life writes again what the kernel calls clean: what it synced survives a power cut", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const broker = await TestBroker.open({ seed });
    const log = await broker.log();
    // Of several sectors each, so that the next write does not take them along.
    append(log, "a".repeat(2_000), "b".repeat(2_000));
    await broker.world.settle();
    broker.world.failNext("broker", "sync");
    await expect(broker.drive(log.sync())).rejects.toMatchObject({ code: "KAFKA_STORAGE_ERROR" });
    await broker.pass(1_000);
    expect(broker.failures).toHaveLength(1);
    await broker.crash();
    const again = await broker.log();
    append(again, "c");
    await broker.world.settle();
    await broker.drive(again.sync());
    expect(again.syncedEnd).toBe(3);
    await broker.crash("power cut");
    expect((await broker.records(await broker.log())).map((record) => record.slice(0, 3))).toEqual(["0 a", "1 b", "2 c"]);
  }
});

test("what a failed sync asked for is asked for no more after a stop in order", async () => {
  const broker = await TestBroker.open();
  append(await broker.log(), "a");
  await broker.world.settle();
  broker.world.failNext("broker", "sync");
  await broker.drive(
    broker.directory
      .log(topicId, 0)!
      .sync()
      .catch(() => undefined),
  );
  await broker.pass(1_000);
  await broker.crash();
  await broker.log();
  expect(await broker.drive(broker.runtime.disk.list("/data"))).toContain("sync-failed");
  await broker.stopAndStart();
  expect(await broker.drive(broker.runtime.disk.list("/data"))).not.toContain("sync-failed");
});

test("once the directory has failed nothing more is written: what waited does not take the place of what was under way", async () => {
  const broker = await TestBroker.open();
  const [log, other] = [await broker.log(), await broker.log({}, 1)];
  append(other, "a");
  await broker.world.settle();
  broker.world.change("broker", { disk: { operationUs: [5_000, 5_000], syncUs: [100, 100] } });
  append(log, "x");
  await broker.pass(1);
  append(log, "y");
  broker.world.failNext("broker", "sync");
  await expect(broker.drive(other.sync())).rejects.toMatchObject({ code: "KAFKA_STORAGE_ERROR" });
  await broker.pass(1_000);
  await broker.crash();
  expect(["", "0 x", "0 x,1 y"]).toContain((await broker.records(await broker.log())).join());
});
