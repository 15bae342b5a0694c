import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { batch, TestBroker } from "./support/broker.ts";
import type { Log } from "../src/index.ts";

function appendIn(log: Log, ...epochs: number[]): void {
  for (const epoch of epochs) log.append(batch(), { origin: "client", leaderEpoch: LeaderEpoch(epoch) });
}

async function openLog(): Promise<{ broker: TestBroker; log: Log }> {
  const broker = await TestBroker.open();
  const log = await broker.log({ "segment.bytes": 200, "file.delete.delay.ms": 0 });
  appendIn(log, 1, 1, 3, 3, 6);
  await broker.world.settle();
  return { broker, log };
}

test("where an epoch ended is told for it, and for the largest one below it", async () => {
  const { log } = await openLog();
  const ends = [1, 2, 3, 5, 6, 9].map((epoch) => log.endOffsetForEpoch(LeaderEpoch(epoch)));
  expect(ends).toEqual([
    { epoch: 1, endOffset: 2 },
    { epoch: 1, endOffset: 2 },
    { epoch: 3, endOffset: 4 },
    { epoch: 3, endOffset: 4 },
    { epoch: 6, endOffset: 5 },
    { epoch: 6, endOffset: 5 },
  ]);
});

test("an empty log knows no epoch", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  expect([log.latestEpoch, log.endOffsetForEpoch(LeaderEpoch(1)), log.epochOfOffset(Offset(0))]).toEqual([undefined, undefined, undefined]);
});

test("an epoch that began is known before its first record, which alone makes it the newest record's", async () => {
  const { log } = await openLog();
  log.beginEpoch(LeaderEpoch(8));
  expect(log.latestEpoch).toBe(6);
  expect(log.endOffsetForEpoch(LeaderEpoch(7))).toEqual({ epoch: 6, endOffset: 5 });
  expect(log.endOffsetForEpoch(LeaderEpoch(8))).toEqual({ epoch: 8, endOffset: 5 });
});

test("an epoch of a leader that wrote nothing leaves no trace when records of an older epoch follow", async () => {
  const { broker, log } = await openLog();
  const leader = await broker.log({}, 1);
  appendIn(leader, 1, 1, 3, 3, 6, 6, 6);
  await broker.world.settle();
  log.beginEpoch(LeaderEpoch(8));
  log.appendReplicated(Buffer.concat((await broker.read(leader, 5)).parts));
  await broker.world.settle();
  const ends = [3, 6, 8].map((epoch) => log.endOffsetForEpoch(LeaderEpoch(epoch)));
  expect(ends).toEqual([
    { epoch: 3, endOffset: 4 },
    { epoch: 6, endOffset: 7 },
    { epoch: 6, endOffset: 7 },
  ]);
});

test("a cut takes the epochs that began behind it", async () => {
  const { broker, log } = await openLog();
  await broker.drive(log.truncateTo(Offset(3)));
  expect([log.latestEpoch, log.logEnd, log.endOffsetForEpoch(LeaderEpoch(6))]).toEqual([3, 3, { epoch: 3, endOffset: 3 }]);
  appendIn(log, 4);
  await broker.world.settle();
  expect(log.endOffsetForEpoch(LeaderEpoch(3))).toEqual({ epoch: 3, endOffset: 3 });
});

test("what retention took of the epochs is answered with the start of the first one known", async () => {
  const { broker, log } = await openLog();
  log.highWatermarkIs(Offset(5));
  await broker.drive(log.deleteRecordsBefore(Offset(3)));
  expect(log.endOffsetForEpoch(LeaderEpoch(1))).toEqual({ epoch: 1, endOffset: 3 });
  expect(log.epochOfOffset(Offset(3))).toBe(3);
});

test("epochs survive a restart, a crash, and the loss of every hint", async () => {
  const { broker } = await openLog();
  const ends = async () => {
    const log = await broker.log();
    return [1, 3, 6].map((epoch) => log.endOffsetForEpoch(LeaderEpoch(epoch))?.endOffset);
  };
  await broker.stopAndStart();
  expect(await ends()).toEqual([2, 4, 5]);
  await broker.crash();
  expect(await ends()).toEqual([2, 4, 5]);
  await broker.drive(broker.directory.state.commit([...broker.directory.state.range({})].map(({ key }) => ({ key, value: undefined }))));
  await broker.crash();
  expect(await ends()).toEqual([2, 4, 5]);
});

test("a follower refuses a batch of an epoch older than its newest record's", async () => {
  const { broker, log } = await openLog();
  const other = await broker.log({}, 1);
  appendIn(other, 2, 2, 2, 2, 2, 2);
  await broker.world.settle();
  const copied = Buffer.concat((await broker.read(other, 5)).parts);
  expect(() => log.appendReplicated(copied)).toThrow("CORRUPT_MESSAGE");
});
