import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { append, asClient, batch, Diary, TestBroker } from "./support/broker.ts";

test("what is cut off is gone for readers, and its offsets are given anew", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c", "d");
  await broker.drive(log.truncateTo(Offset(2)));
  expect([log.logEnd, log.nextOffset]).toEqual([2, 2]);
  append(log, "e");
  await broker.world.settle();
  expect(await broker.records(log)).toEqual(["0 a", "1 b", "2 e"]);
});

test("nothing of what a resolved cut took comes back, neither after a crash of the process nor after a power cut", async () => {
  for (const cause of ["killed", "power cut"] as const) {
    const broker = await TestBroker.open();
    const log = await broker.log({ "segment.bytes": 150 });
    append(log, "a", "b", "c", "d", "e", "f");
    await broker.world.settle();
    await broker.drive(log.sync());
    await broker.drive(log.truncateTo(Offset(3)));
    await broker.crash(cause);
    expect(await broker.records(await broker.log({ "segment.bytes": 150 }))).toEqual(["0 a", "1 b", "2 c"]);
  }
});

test("a batch that reaches past the cut goes whole", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  log.append(batch({ values: ["b", "c", "d"] }), asClient);
  await broker.drive(log.truncateTo(Offset(3)));
  expect(log.logEnd).toBe(1);
});

test("a cut behind the end changes nothing", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a");
  await broker.drive(log.truncateTo(Offset(1)));
  await broker.world.settle();
  expect(await broker.records(log)).toEqual(["0 a"]);
});

test("the high watermark goes back with the log, also when everything is cut off", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  log.highWatermarkIs(Offset(3));
  await broker.pass(6_000);
  await broker.drive(log.truncateTo(Offset(0)));
  expect(log.highWatermarkHint).toBe(0);
  await broker.crash();
  const again = await broker.log();
  expect([again.highWatermarkHint, again.lostRecords]).toEqual([0, false]);
});

test("appends are refused while a cut is under way, and go on after it", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b");
  const cutting = log.truncateTo(Offset(1));
  expect(() => append(log, "c")).toThrow("refused=cutting");
  await broker.drive(cutting);
  expect(append(log, "c")).toMatchObject({ baseOffset: 1 });
});

test("a log that begins anew has nothing of before, even if it died in the midst of it", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.bytes": 150 });
  const diary = new Diary();
  log.observe(diary);
  append(log, "a", "b", "c", "d");
  await broker.world.settle();
  await broker.drive(log.restartAt(Offset(1000)));
  expect([log.logStart, log.logEnd, log.syncedEnd, log.highWatermarkHint, log.producers(), log.latestEpoch]).toEqual([
    1000,
    1000,
    1000,
    1000,
    [],
    undefined,
  ]);
  expect(diary.entries.at(-1)).toBe("logStartMoved");
  append(log, "e");
  await broker.world.settle();
  await broker.crash();
  expect(await broker.records(await broker.log({ "segment.bytes": 150 }))).toEqual(["1000 e"]);
});

test("a cut below the log start begins the log anew there", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  log.highWatermarkIs(Offset(3));
  await broker.drive(log.deleteRecordsBefore(Offset(2)));
  await broker.drive(log.truncateTo(Offset(1)));
  expect([log.logStart, log.logEnd]).toEqual([1, 1]);
});

test("sequences and open transactions are as they were at the cut", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  const send = (baseSequence: number, isTransactional = false) =>
    log.append(batch({ producerId: 7, producerEpoch: 0, baseSequence, isTransactional }), asClient);
  for (let sequence = 0; sequence < 12; sequence++) send(sequence);
  await broker.pass(31_000);
  send(12, true);
  await broker.drive(log.truncateTo(Offset(8)));
  expect([log.producers()[0]?.lastSequence, log.firstOpenTransactionOffset]).toEqual([7, undefined]);
  expect([send(4).isDuplicate, send(8).baseOffset]).toEqual([true, 8]);
});
