import { expect, test } from "vitest";
import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import { append, asClient, batch, batchesIn, Diary, TestBroker } from "./support/broker.ts";

test("records come back as they were appended, with the offsets they were given", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  expect(log.append(batch({ values: ["a", "b", "c"] }), asClient)).toEqual({
    baseOffset: 0,
    lastOffset: 2,
    logAppendTimeMs: -1,
    isDuplicate: false,
  });
  expect(append(log, "d")).toMatchObject({ baseOffset: 3, lastOffset: 3 });
  await broker.world.settle();
  expect(log.logEnd).toBe(4);
  expect(await broker.records(log)).toEqual(["0 a", "1 b", "2 c", "3 d"]);
});

test("the log end moves when the write has completed, and the observer is told in a turn of its own", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  const diary = new Diary();
  log.observe(diary);
  append(log, "a", "b");
  expect([log.nextOffset, log.logEnd, log.syncedEnd, diary.entries]).toEqual([2, 0, 0, []]);
  await broker.world.settle();
  expect([log.nextOffset, log.logEnd, log.syncedEnd, diary.entries]).toEqual([2, 2, 0, ["written"]]);
});

test("appends of one turn go out in one write", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  const before = broker.runtime.disk.counters.writes;
  append(log, "a", "b", "c", "d");
  await broker.world.settle();
  expect(broker.runtime.disk.counters.writes - before).toBe(1);
});

test("offset and leader epoch are written in place, and the checksum still holds", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  log.append(batch({ values: ["b"] }), { origin: "client", leaderEpoch: LeaderEpoch(7) });
  await broker.world.settle();
  const views = batchesIn(await broker.read(log, 0));
  expect(views.map((view) => [view.baseOffset, view.leaderEpoch, view.computeCrc() === view.crc])).toEqual([
    [0, 0, true],
    [1, 7, true],
  ]);
});

test("a sync covers what was written when it began, and is shared by those who ask together", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  await broker.world.settle();
  const before = broker.runtime.disk.counters.syncs;
  const first = log.sync();
  const second = log.sync();
  append(log, "b");
  await broker.drive(Promise.all([first, second]));
  expect(log.syncedEnd).toBe(1);
  // The file, its name in the log's directory, and the log's name in the directory above.
  expect(broker.runtime.disk.counters.syncs - before).toBe(3);
  await broker.drive(log.sync());
  expect(log.syncedEnd).toBe(2);
});

test("a batch larger than segment.bytes is refused, and nothing is written", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.bytes": 100 });
  expect(() => append(log, "x".repeat(100))).toThrow("RECORD_LIST_TOO_LARGE");
  expect(log.nextOffset).toBe(0);
});

test("a log that is stopped and opened again has everything, and scans nothing", async () => {
  const broker = await TestBroker.open();
  append(await broker.log(), "a", "b", "c");
  await broker.stopAndStart();
  expect(broker.directory.lastStop).toBe("clean");
  const before = broker.runtime.disk.counters.reads;
  const log = await broker.log();
  expect(broker.runtime.disk.counters.reads).toBe(before);
  expect([log.logStart, log.logEnd, log.syncedEnd, log.nextOffset]).toEqual([0, 3, 3, 3]);
  expect(await broker.records(log)).toEqual(["0 a", "1 b", "2 c"]);
  append(log, "d");
  await broker.world.settle();
  expect(await broker.records(log, 2)).toEqual(["2 c", "3 d"]);
});

test("a follower's batches keep their offsets, and must continue the log", async () => {
  const broker = await TestBroker.open();
  const leader = await broker.log();
  append(leader, "a", "b", "c");
  await broker.world.settle();
  const copied = Buffer.concat((await broker.read(leader, 0)).parts);
  const follower = await broker.log({}, 1);
  expect(follower.appendReplicated(copied)).toMatchObject({ baseOffset: 0, lastOffset: 2 });
  expect(() => follower.appendReplicated(copied)).toThrow("OFFSET_OUT_OF_RANGE");
  await broker.world.settle();
  expect(await broker.records(follower)).toEqual(["0 a", "1 b", "2 c"]);
});

test("a follower refuses batches of which one is broken, and takes none of them", async () => {
  const broker = await TestBroker.open();
  const leader = await broker.log();
  append(leader, "a", "b");
  await broker.world.settle();
  const copied = Buffer.concat((await broker.read(leader, 0)).parts);
  copied[copied.length - 1]! ^= 1;
  const follower = await broker.log({}, 1);
  expect(() => follower.appendReplicated(copied)).toThrow("CORRUPT_MESSAGE");
  expect(follower.nextOffset).toBe(0);
});

test("reads outside the log reject with OFFSET_OUT_OF_RANGE", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  await broker.world.settle();
  await expect(broker.read(log, 2)).rejects.toThrow("OFFSET_OUT_OF_RANGE");
  await expect(broker.read(log, 0, 100, 2)).rejects.toThrow("OFFSET_OUT_OF_RANGE");
  expect(await broker.read(log, 1)).toMatchObject({ bytes: 0, nextOffset: Offset(1) });
});
