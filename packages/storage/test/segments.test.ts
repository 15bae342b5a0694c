import { dayMs, hourMs, int64Max, minuteMs, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Log } from "../src/index.ts";
import { parseSegmentFileName } from "../src/names.ts";
import { append, asClient, batch, Diary, TestBroker } from "./support/broker.ts";

const timed = { "retention.ms": -1, "retention.bytes": -1, "file.delete.delay.ms": minuteMs };

/** The base offsets of the segments on the disk. */
async function bases(broker: TestBroker, log: Log, state = "live"): Promise<number[]> {
  const names = await broker.drive(broker.runtime.disk.list(`/data/logs/${log.topicId}-${log.partition}`));
  return names.flatMap((name) => {
    const parsed = parseSegmentFileName(name);
    return parsed?.kind === "log" && parsed.state === state ? [parsed.baseOffset] : [];
  });
}

function appendAt(log: Log, timestamp: number): void {
  log.append(batch({ timestamps: [timestamp] }), asClient);
}

test("a segment that would grow past segment.bytes is closed, and the next begins at the next offset", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.bytes": 150 });
  append(log, "a", "b", "c", "d", "e");
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 2, 4]);
});

test("a segment is closed when its records span segment.ms, by their own timestamps", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.ms": hourMs });
  for (const timestamp of [0, hourMs - 1, hourMs, hourMs + 1, 2 * hourMs]) appendAt(log, timestamp);
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 3]);
});

test("a segment whose records have no timestamps is closed by its age", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.ms": hourMs });
  appendAt(log, -1);
  await broker.pass(hourMs + 1000);
  appendAt(log, -1);
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 1]);
});

test("in a compacted topic a segment is closed at max.compaction.lag.ms at the latest", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.ms": dayMs, "max.compaction.lag.ms": hourMs, "cleanup.policy": ["compact"] });
  for (const timestamp of [0, hourMs + 1]) appendAt(log, timestamp);
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 1]);
});

test("jitter lets a segment be closed earlier, never later", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.ms": dayMs, "segment.jitter.ms": dayMs - hourMs });
  for (const timestamp of [0, hourMs - 1, dayMs + 1]) appendAt(log, timestamp);
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 2]);
});

test("a segment whose index is full is closed", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.index.bytes": 36, "index.interval.bytes": 0 });
  append(log, "a", "b", "c", "d", "e", "f");
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 5]);
  expect(await broker.records(log)).toEqual(["0 a", "1 b", "2 c", "3 d", "4 e", "5 f"]);
});

test("a gap that a segment's offsets could not span begins another", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  const copied = (value: string, baseOffset: number) => {
    const bytes = batch({ values: [value] });
    bytes.writeBigInt64BE(BigInt(baseOffset), 0);
    bytes.writeInt32BE(0, 12);
    return bytes;
  };
  log.appendReplicated(copied("a", 5));
  log.appendReplicated(copied("b", 5_000_000_000));
  await broker.world.settle();
  expect(await bases(broker, log)).toEqual([0, 5_000_000_000]);
  await broker.crash();
  expect(await broker.records(await broker.log())).toEqual(["5 a", "5000000000 b"]);
});

test("segments older than retention.ms go, by the greatest timestamp in each, and only below the high watermark", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ ...timed, "segment.bytes": 80, "retention.ms": hourMs });
  const diary = new Diary();
  const nowMs = broker.runtime.clock.wallMs();
  for (const ageMs of [3 * hourMs, 2 * hourMs, 0, 3 * hourMs]) appendAt(log, nowMs - ageMs);
  await broker.world.settle();
  log.observe(diary);
  await broker.pass(6 * minuteMs);
  expect(log.logStart).toBe(0);
  log.highWatermarkIs(Offset(1));
  await broker.pass(6 * minuteMs);
  expect(log.logStart).toBe(1);
  log.highWatermarkIs(Offset(4));
  await broker.pass(6 * minuteMs);
  // The third is young, and holds back what is behind it.
  expect([log.logStart, diary.entries.filter((entry) => entry === "logStartMoved").length]).toEqual([2, 2]);
  await expect(broker.read(log, 1)).rejects.toThrow("OFFSET_OUT_OF_RANGE");
});

test("records from the future keep their segment, and retention.bytes still bounds the log", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ ...timed, "segment.bytes": 80, "retention.ms": hourMs, "retention.bytes": 150 });
  for (let count = 0; count < 5; count++) appendAt(log, broker.runtime.clock.wallMs() + 1000 * dayMs);
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  await broker.pass(6 * minuteMs);
  expect([log.logStart, log.sizeBytes]).toEqual([2, 207]);
});

test("records without timestamps go by the time of the last write", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ ...timed, "segment.bytes": 80, "retention.ms": hourMs });
  for (let count = 0; count < 3; count++) appendAt(log, -1);
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  await broker.pass(30 * minuteMs);
  expect(log.logStart).toBe(0);
  await broker.pass(40 * minuteMs);
  expect([log.logStart, log.logEnd]).toEqual([3, 3]);
});

test("when everything has expired the log is empty and keeps its end, even if every hint is lost", async () => {
  const broker = await TestBroker.open();
  const settings = { ...timed, "segment.bytes": 80, "retention.ms": hourMs };
  const log = await broker.log(settings);
  append(log, "a", "b", "c");
  await broker.world.settle();
  log.highWatermarkIs(Offset(3));
  await broker.pass(2 * hourMs);
  expect([log.logStart, log.logEnd, log.sizeBytes]).toEqual([3, 3, 0]);
  await broker.drive(broker.directory.state.commit([...broker.directory.state.range({})].map(({ key }) => ({ key, value: undefined }))));
  await broker.crash();
  const again = await broker.log(settings);
  expect(append(again, "d")).toMatchObject({ baseOffset: 3 });
});

test("deleted segments are renamed at once, and removed after file.delete.delay.ms", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ ...timed, "segment.bytes": 80 });
  append(log, "a", "b", "c");
  await broker.world.settle();
  log.highWatermarkIs(Offset(3));
  await broker.drive(log.deleteRecordsBefore(Offset(2)));
  expect([await bases(broker, log), await bases(broker, log, "deleted")]).toEqual([[2], [0, 1]]);
  await broker.pass(minuteMs + 1000);
  expect(await bases(broker, log, "deleted")).toEqual([]);
});

test("deleted records do not come back after a crash, and no more than the high watermark is deleted", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.drive(log.sync());
  await broker.world.settle();
  log.highWatermarkIs(Offset(2));
  await broker.drive(log.deleteRecordsBefore(Offset(3)));
  expect(log.logStart).toBe(2);
  await broker.crash("killed");
  expect((await broker.log()).logStart).toBe(2);
});

test("a log start that a client moves while segments are being deleted does not go back, whenever that is", async () => {
  for (let steps = 0; steps < 12; steps++) {
    const broker = await TestBroker.open();
    const log = await broker.log({ "segment.bytes": 150 });
    append(log, "a", "b", "c", "d", "e", "f");
    await broker.world.settle();
    log.highWatermarkIs(Offset(6));
    const deleting = log.deleteRecordsBefore(Offset(2));
    for (let step = 0; step < steps; step++) await broker.world.step();
    await broker.drive(Promise.all([deleting, log.deleteRecordsBefore(Offset(3))]));
    expect(log.logStart, `after ${steps} events`).toBe(3);
    await broker.crash("killed");
    expect((await broker.log()).logStart, `after ${steps} events and a crash`).toBe(3);
  }
});

test("a reader in a segment that is being deleted goes on, or is told that its offset is gone", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.bytes": 80, "file.delete.delay.ms": 0 });
  append(log, "a", "b", "c");
  await broker.stopAndStart();
  const again = await broker.log({ "segment.bytes": 80, "file.delete.delay.ms": 0 });
  again.highWatermarkIs(Offset(3));
  const reading = Promise.resolve(again.read(Offset(0), { bytesMax: 1000, upTo: Offset(3), firstBatchWhole: true }));
  const settled = reading.then(
    (read) => read.bytes,
    (error) => error.code,
  );
  await broker.drive(again.deleteRecordsBefore(Offset(2)));
  expect([69, "OFFSET_OUT_OF_RANGE"]).toContain(await broker.drive(settled));
  expect(broker.failures).toEqual([]);
});

test("retention.ms of -1 keeps everything, also beside timestamps of 1970", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ ...timed, "segment.bytes": 80, "segment.ms": int64Max });
  for (let count = 0; count < 3; count++) appendAt(log, 0);
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  await broker.pass(dayMs);
  expect(log.logStart).toBe(0);
});
