import { int32Max, LeaderEpoch, minuteMs, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Appended, Log } from "../src/index.ts";
import { brokerConfiguration } from "../src/testing/index.ts";
import { asClient, asMarker, batch, marker, TestBroker, type TestBatch } from "./support/broker.ts";

function send(log: Log, baseSequence: number, options: TestBatch = {}): Appended {
  return log.append(batch({ producerId: 7, producerEpoch: 0, baseSequence, ...options }), asClient);
}

async function openLog(): Promise<{ broker: TestBroker; log: Log }> {
  const broker = await TestBroker.open();
  return { broker, log: await broker.log() };
}

test("a batch that is sent again gets its first offsets, and is not written again", async () => {
  const { broker, log } = await openLog();
  for (let sequence = 0; sequence < 5; sequence++) send(log, sequence);
  expect(send(log, 2)).toEqual({ baseOffset: 2, lastOffset: 2, logAppendTimeMs: -1, isDuplicate: true });
  expect(log.nextOffset).toBe(5);
  await broker.stopAndStart();
  expect(send(await broker.log(), 4)).toMatchObject({ baseOffset: 4, isDuplicate: true });
});

test("a duplicate comes back with the timestamp it was stamped with", async () => {
  const { log } = await openLog();
  const stamped = { ...asClient, logAppendTimeMs: 1000 };
  const sent = () => batch({ producerId: 7, producerEpoch: 0, baseSequence: 0, timestamps: [1000] });
  log.append(sent(), stamped);
  expect(log.append(sent(), { ...asClient, logAppendTimeMs: 2000 })).toMatchObject({ logAppendTimeMs: 1000, isDuplicate: true });
});

test("a duplicate older than five batches is out of order", async () => {
  const { log } = await openLog();
  for (let sequence = 0; sequence < 6; sequence++) send(log, sequence);
  expect(() => send(log, 0)).toThrow("OUT_OF_ORDER_SEQUENCE_NUMBER");
});

test("only a batch with the same first and last sequence is a duplicate", async () => {
  const { log } = await openLog();
  send(log, 0, { values: ["a", "b", "c"] });
  expect(() => send(log, 0, { values: ["a", "b"] })).toThrow("OUT_OF_ORDER_SEQUENCE_NUMBER");
});

test("a producer that nothing is known of may begin at any sequence, and goes on from there without a gap", async () => {
  const { log } = await openLog();
  send(log, 100);
  expect(() => send(log, 102)).toThrow("OUT_OF_ORDER_SEQUENCE_NUMBER");
  expect(send(log, 101)).toMatchObject({ baseOffset: 1 });
});

test("after the largest sequence comes zero, also within a batch", async () => {
  const { log } = await openLog();
  send(log, int32Max - 1, { values: ["a", "b", "c"] });
  expect(send(log, 1)).toMatchObject({ baseOffset: 3 });
  expect(send(log, int32Max - 1, { values: ["a", "b", "c"] })).toMatchObject({ baseOffset: 0, isDuplicate: true });
});

test("an older epoch is refused, and a newer one begins at zero", async () => {
  const { log } = await openLog();
  send(log, 0, { producerEpoch: 3 });
  expect(() => send(log, 1, { producerEpoch: 2 })).toThrow("INVALID_PRODUCER_EPOCH");
  expect(() => send(log, 1, { producerEpoch: 4 })).toThrow("OUT_OF_ORDER_SEQUENCE_NUMBER");
  expect(send(log, 0, { producerEpoch: 4 })).toMatchObject({ baseOffset: 1, isDuplicate: false });
});

test("a coordinator's batch is held to the epoch, not to sequences", async () => {
  const { log } = await openLog();
  send(log, 0, { producerEpoch: 3 });
  const asCoordinator = { origin: "coordinator" as const, leaderEpoch: LeaderEpoch(0) };
  const offsets = (producerEpoch: number) => batch({ producerId: 7, producerEpoch, baseSequence: -1, isTransactional: true });
  expect(log.append(offsets(3), asCoordinator)).toMatchObject({ baseOffset: 1, isDuplicate: false });
  expect(() => log.append(offsets(2), asCoordinator)).toThrow("INVALID_PRODUCER_EPOCH");
});

test("while a transaction is open its producer may write nothing outside of it", async () => {
  const { log } = await openLog();
  send(log, 0, { isTransactional: true });
  expect(() => send(log, 1)).toThrow("INVALID_TXN_STATE");
  log.append(marker("commit", 7), asMarker);
  expect(send(log, 1)).toMatchObject({ baseOffset: 2 });
});

test("the first offset of the oldest open transaction is told until its marker lies below the high watermark", async () => {
  const { broker, log } = await openLog();
  send(log, 0);
  send(log, 1, { isTransactional: true });
  send(log, 0, { producerId: 8, isTransactional: true });
  expect(log.firstOpenTransactionOffset).toBe(1);
  log.append(marker("abort", 7), asMarker);
  await broker.world.settle();
  log.highWatermarkIs(Offset(3));
  expect(log.firstOpenTransactionOffset).toBe(1);
  log.highWatermarkIs(Offset(4));
  expect(log.firstOpenTransactionOffset).toBe(2);
  log.append(marker("commit", 8), asMarker);
  await broker.world.settle();
  log.highWatermarkIs(Offset(5));
  expect(log.firstOpenTransactionOffset).toBe(undefined);
});

test("a transaction that was open, or not yet safe, still holds readers back after a crash", async () => {
  const { broker, log } = await openLog();
  send(log, 0, { isTransactional: true });
  send(log, 0, { producerId: 8, isTransactional: true });
  log.append(marker("abort", 7), asMarker);
  await broker.world.settle();
  log.highWatermarkIs(Offset(1));
  await broker.pass(31_000);
  await broker.crash();
  const again = await broker.log();
  expect(again.firstOpenTransactionOffset).toBe(0);
  again.highWatermarkIs(Offset(3));
  expect(again.firstOpenTransactionOffset).toBe(1);
});

test("a marker of a former coordinator is refused", async () => {
  const { log } = await openLog();
  send(log, 0, { isTransactional: true });
  log.append(marker("commit", 7, 0, 5), asMarker);
  send(log, 1, { isTransactional: true });
  expect(() => log.append(marker("abort", 7, 0, 4), asMarker)).toThrow("TRANSACTION_COORDINATOR_FENCED");
});

test("with an epoch for each transaction a marker's lies above its records', but where it comes again", async () => {
  const { log } = await openLog();
  const asNewMarker = { ...asMarker, transactionVersion: 2 };
  send(log, 0, { isTransactional: true });
  expect(() => log.append(marker("commit", 7, 0), asNewMarker)).toThrow("INVALID_PRODUCER_EPOCH");
  log.append(marker("commit", 7, 1), asNewMarker);
  expect(log.append(marker("commit", 7, 1), asNewMarker)).toMatchObject({ isDuplicate: false });
  expect(log.producers()).toMatchObject([{ producerEpoch: 1, lastSequence: -1 }]);
});

test("aborted transactions are told by the range they touch", async () => {
  const { broker, log } = await openLog();
  for (const producerId of [7, 8, 9]) send(log, 0, { producerId, isTransactional: true });
  log.append(marker("abort", 8), asMarker);
  log.append(marker("commit", 7), asMarker);
  log.append(marker("abort", 9), asMarker);
  await broker.world.settle();
  const aborted = (from: number, to: number) => broker.drive(log.abortedTransactions(Offset(from), Offset(to)));
  expect(await aborted(0, 6)).toEqual([
    { producerId: 8, firstOffset: 1 },
    { producerId: 9, firstOffset: 2 },
  ]);
  expect(await aborted(0, 2)).toEqual([{ producerId: 8, firstOffset: 1 }]);
  expect(await aborted(4, 6)).toEqual([{ producerId: 9, firstOffset: 2 }]);
});

test("a producer is forgotten when the broker has not seen it for long, whatever its timestamps say", async () => {
  const broker = await TestBroker.open({ configuration: brokerConfiguration({ "producer.id.expiration.ms": String(30 * minuteMs) }) });
  const log = await broker.log();
  send(log, 0, { timestamps: [-1] });
  send(log, 0, { producerId: 8, isTransactional: true });
  await broker.pass(20 * minuteMs);
  expect(log.knowsProducer(7 as never)).toBe(true);
  await broker.pass(20 * minuteMs);
  expect(log.knowsProducer(7 as never)).toBe(false);
  // An open transaction keeps its producer.
  expect(log.knowsProducer(8 as never)).toBe(true);
  expect(send(log, 55)).toMatchObject({ isDuplicate: false });
});
