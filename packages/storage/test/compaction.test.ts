import { BatchView } from "@millrace/records";
import { dayMs, LeaderEpoch, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Log } from "../src/index.ts";
import { brokerConfiguration } from "../src/testing/index.ts";
import { asClient, asMarker, batch, batchesIn, marker, TestBroker, type TestBatch } from "./support/broker.ts";

const compacted = {
  "cleanup.policy": ["compact" as const],
  "segment.bytes": 400,
  "min.cleanable.dirty.ratio": 0,
  "delete.retention.ms": dayMs,
  "file.delete.delay.ms": 0,
};

/** A broker whose tail keeps nothing, so that every read comes from the segments. */
function openBroker(): Promise<TestBroker> {
  return TestBroker.open({ configuration: brokerConfiguration({ "millrace.tail.max.bytes": "0" }) });
}

function put(log: Log, key: string, value: string | null, options: TestBatch = {}): void {
  log.append(batch({ keys: [key], values: [value], ...options }), asClient);
}

/** Makes everything but the last record compactable, and waits for the cleaner. */
async function compact(broker: TestBroker, log: Log): Promise<void> {
  put(log, "last", "x".repeat(320));
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  await broker.pass(16_000);
}

async function view(broker: TestBroker, log: Log): Promise<string[]> {
  return (await broker.keyed(log)).filter(({ key }) => key !== "last").map(({ offset, key, value }) => `${offset} ${key}=${value}`);
}

test("of each key the newest record stays, at its offset", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  for (let round = 0; round < 4; round++) for (const key of ["a", "b", "c"]) put(log, key, `${round}`);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual(["9 a=3", "10 b=3", "11 c=3"]);
  expect(log.logStart).toBe(0);
});

test("what was compacted away is served from memory no more", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log(compacted);
  for (let round = 0; round < 4; round++) for (const key of ["a", "b", "c"]) put(log, key, `${round}`);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual(["9 a=3", "10 b=3", "11 c=3"]);
});

test("a read in a gap goes on with the next record", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  for (let round = 0; round < 10; round++) put(log, "a", `${round}`);
  await compact(broker, log);
  const read = await broker.read(log, 3);
  expect(batchesIn(read)[0]!.baseOffset).toBe(9);
});

test("nothing at or past the high watermark is compacted", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  for (let round = 0; round < 12; round++) put(log, "a", `${round}`);
  await broker.world.settle();
  log.highWatermarkIs(Offset(6));
  await broker.pass(16_000);
  const offsets = (await broker.keyed(log)).map(({ offset }) => offset);
  expect(offsets).toEqual(expect.arrayContaining([5, 6, 7, 8, 9, 10, 11]));
});

test("a tombstone stays until delete.retention.ms has passed since it was first compacted, then goes", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  put(log, "a", "1");
  put(log, "a", null);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual(["1 a=null"]);
  await broker.pass(dayMs / 2);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual(["1 a=null"]);
  await broker.pass(dayMs / 2);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual([]);
});

test("the newest batch of a producer stays when its records go, emptied, so that its sequence survives", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  put(log, "a", "1", { producerId: 5, producerEpoch: 0, baseSequence: 0 });
  put(log, "a", "2", { producerId: 5, producerEpoch: 0, baseSequence: 1 });
  put(log, "a", "3");
  await compact(broker, log);
  const emptied = batchesIn(await broker.read(log, 0))[0]!;
  expect([emptied.baseOffset, emptied.recordCount, emptied.baseSequence, emptied.lastSequence]).toEqual([1, 0, 1, 1]);
  expect(await view(broker, log)).toEqual(["2 a=3"]);
  await broker.drive(broker.directory.state.commit([...broker.directory.state.range({})].map(({ key }) => ({ key, value: undefined }))));
  await broker.crash("killed");
  const rebuilt = await broker.log(compacted);
  expect(rebuilt.producers()).toMatchObject([{ producerId: 5, lastSequence: 1 }]);
});

test("records of an aborted transaction go at once; its marker stays until nothing of it is left, and its time has come", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  put(log, "a", "kept");
  put(log, "a", "aborted", { producerId: 5, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  log.append(marker("abort", 5), asMarker);
  put(log, "b", "1", { producerId: 5, producerEpoch: 1, baseSequence: 0 });
  const markers = async () => batchesIn(await broker.read(log, 0)).filter(({ isControl }) => isControl);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual(["0 a=kept", "3 b=1"]);
  expect(await markers()).toMatchObject([{ baseOffset: 2, deleteHorizonMs: undefined }]);
  expect(await broker.drive(log.abortedTransactions(Offset(0), Offset(4)))).toEqual([{ producerId: 5, firstOffset: 1 }]);
  await compact(broker, log);
  expect((await markers())[0]?.deleteHorizonMs).toBeGreaterThan(dayMs);
  await broker.pass(dayMs);
  await compact(broker, log);
  expect(await markers()).toEqual([]);
});

test("the batch that a round ended with stays, if emptied, and with it the offset", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  put(log, "a", "aborted", { producerId: 5, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  log.append(marker("abort", 5), asMarker);
  log.append(batch({ keys: [null], values: ["x".repeat(300)] }), asClient);
  await compact(broker, log);
  expect(batchesIn(await broker.read(log, 2))[0]).toMatchObject({ baseOffset: 2, recordCount: 0 });
});

test("keys that the map has no room for wait for the next round, and lose nothing meanwhile", async () => {
  const configuration = brokerConfiguration({ "millrace.tail.max.bytes": "0", "log.cleaner.dedupe.buffer.size": "1048576" });
  const broker = await TestBroker.open({ configuration });
  const log = await broker.log({ ...compacted, "segment.bytes": 300_000, "max.message.bytes": 100_000 });
  const keyCount = 40_000;
  for (let round = 0; round < 2; round++) {
    for (let first = 0; first < keyCount; first += 500) {
      const keys = Array.from({ length: 500 }, (_, index) => `${first + index}`);
      log.append(batch({ keys, values: keys.map(() => `${round}`) }), asClient);
    }
  }
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  await broker.pass(16_000);
  const lines = broker.lines.filter(({ phrase }) => phrase === "log compacted");
  expect(lines.length).toBeGreaterThan(2);
  const left = await broker.keyed(log);
  expect(new Map(left.map(({ key, value }) => [key, value])).size).toBe(keyCount);
  expect(left.filter(({ value }) => value === "1").length).toBe(keyCount);
  expect(left.length).toBeLessThan(keyCount * 1.5);
});

test("a transaction that is open holds compaction back", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  put(log, "b", "t", { producerId: 5, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  for (let round = 0; round < 10; round++) put(log, "a", `${round}`);
  await compact(broker, log);
  expect((await view(broker, log)).length).toBe(11);
});

test("records without a key, from before the topic was compacted, go", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  log.append(batch({ keys: [null, "a"], values: ["lost", "1"] }), asClient);
  await compact(broker, log);
  expect(await view(broker, log)).toEqual(["1 a=1"]);
});

test("segments that became small are merged by the next compaction, to none larger than segment.bytes", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  for (let round = 0; round < 40; round++) put(log, `k${round % 4}`, `${round}`);
  await broker.world.settle();
  const before = log.sizeBytes;
  await compact(broker, log);
  await compact(broker, log);
  expect(log.sizeBytes).toBeLessThan(before / 2);
  const directory = `/data/logs/${log.topicId}-0`;
  const names = await broker.drive(broker.runtime.disk.list(directory));
  const logs = names.filter((name) => name.endsWith(".log"));
  const entries = await broker.drive(Promise.all(logs.map((name) => broker.runtime.disk.stat(`${directory}/${name}`))));
  expect(entries.filter((entry) => entry!.sizeBytes > 400)).toEqual([]);
  expect(logs.length).toBeLessThanOrEqual(4);
  expect(names.filter((name) => /cleaned|swap|deleted/.test(name))).toEqual([]);
});

test("what compaction left is there after a restart, and after a crash", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  for (let round = 0; round < 12; round++) put(log, `k${round % 3}`, `${round}`);
  await compact(broker, log);
  const left = await view(broker, log);
  await broker.stopAndStart();
  expect(await view(broker, await broker.log(compacted))).toEqual(left);
  await broker.crash("power cut");
  expect(await view(broker, await broker.log(compacted))).toEqual(left);
});

test("every batch keeps its epoch and its last offset, and its checksum holds", async () => {
  const broker = await openBroker();
  const log = await broker.log(compacted);
  log.append(batch({ keys: ["a", "b", "a"], values: ["1", "2", "3"] }), { origin: "client", leaderEpoch: LeaderEpoch(4) });
  put(log, "b", "4");
  await compact(broker, log);
  const first = batchesIn(await broker.read(log, 0))[0] as BatchView;
  expect([first.baseOffset, first.lastOffset, first.recordCount, first.leaderEpoch, first.computeCrc() === first.crc]).toEqual([
    0,
    2,
    1,
    4,
    true,
  ]);
});
