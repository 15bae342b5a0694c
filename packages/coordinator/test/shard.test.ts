import { compressBatch, encodeBatch } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { MemoryLog } from "./support/memory-log.ts";
import { registerEntry } from "./support/register-machine.ts";
import { loadedShard, RegisterShard } from "./support/register-shard.ts";

function logOf(...values: readonly number[]): MemoryLog {
  const log = new MemoryLog();
  for (const value of values) log.append(encodeBatch([{ ...registerEntry(value), timestamp: 0 }]));
  log.highWatermark = log.end;
  return log;
}

test("while the log is read requests are sent away, then the state is what the log says", async () => {
  const shard = new RegisterShard(logOf(1, 2, 3));
  expect(shard.shard.isLoading).toBe(true);
  shard.read();
  expect(await shard.take()).toEqual(["read COORDINATOR_LOAD_IN_PROGRESS"]);
  expect(shard.shard.isLoading).toBe(false);
  shard.read();
  expect(await shard.take()).toEqual(["read 3"]);
});

test("a log is read in turns of a thousand records, whether they lie in one batch or in many", async () => {
  for (const size of [1, 10_000]) {
    const log = new MemoryLog();
    const records = Array.from({ length: 10_000 }, (_, index) => ({ ...registerEntry(index), timestamp: 0 }));
    for (let from = 0; from < records.length; from += size) log.append(encodeBatch(records.slice(from, from + size)));
    const shard = new RegisterShard(log);
    await new Promise(setImmediate);
    let turns = 0;
    for (; shard.shard.isLoading; turns++) await shard.clock.turn();
    expect(turns).toBe(10);
  }
});

test("a gap before the log end, as compaction leaves it, does not hold up the loading or the answers", async () => {
  const log = logOf(1, 2);
  log.end = 100;
  log.highWatermark = 100;
  const shard = await loadedShard(log);
  shard.read();
  shard.write(3);
  expect(await shard.take()).toEqual(["read 2", "write 3 3"]);
});

test("records of an unknown kind are left out with one warning for each kind", async () => {
  const log = logOf(1);
  const unknown = (kind: number) => ({ key: Buffer.from([0, kind]), value: Buffer.alloc(1), timestamp: 0 });
  log.append(encodeBatch([unknown(3), unknown(5), unknown(3)]));
  log.highWatermark = log.end;
  const shard = await loadedShard(log);
  shard.read();
  expect(await shard.take()).toEqual(["read 1"]);
  expect(shard.logger.phrases).toEqual(["records of an unknown kind left out", "records of an unknown kind left out"]);
});

test("batches that were compressed, as Kafka may have done, are read like others", async () => {
  const log = new MemoryLog();
  for (const compression of ["gzip", "snappy", "lz4", "zstd"] as const)
    log.append(compressBatch(encodeBatch([1, 2, 3].map((value) => ({ ...registerEntry(value), timestamp: 0 }))), compression));
  log.highWatermark = log.end;
  const shard = await loadedShard(log);
  shard.read();
  expect(await shard.take()).toEqual(["read 3"]);
});

test("a log that cannot be read leaves the shard to the next leader epoch, with an error in the log", async () => {
  const log = new MemoryLog();
  log.append(encodeBatch([{ key: Buffer.from([0, 0]), value: Buffer.alloc(3), timestamp: 0 }]));
  const shard = await loadedShard(log);
  shard.read();
  expect(await shard.take()).toEqual(["read NOT_COORDINATOR"]);
  expect(shard.shard.isLoading).toBe(false);
  expect(shard.logger.phrases).toEqual(["shard cannot be loaded"]);
});

test("answers, those of reads and refusals too, leave in order when all that was applied before them is committed", async () => {
  const shard = await loadedShard();
  shard.log.commitsAtOnce = false;
  shard.read();
  shard.write(1);
  shard.read();
  shard.ask("refuse", { type: "refuse" });
  shard.write(2);
  shard.read();
  expect(await shard.take()).toEqual(["read 0"]);
  shard.view.commit(1);
  expect(await shard.take()).toEqual(["write 1 1", "read 1", "refuse ILLEGAL_GENERATION"]);
  shard.view.commit(2);
  expect(await shard.take()).toEqual(["write 2 2", "read 2"]);
});

test("what a former leader appended is known, and told once it is committed", async () => {
  const log = logOf(1, 2);
  log.highWatermark = 1;
  const shard = await loadedShard(log);
  shard.read();
  expect(await shard.take()).toEqual([]);
  shard.view.commit();
  expect(await shard.take()).toEqual(["read 2"]);
});

test("an answer that waits for its commit longer than commitTimeoutMs is REQUEST_TIMED_OUT, and what was appended stays", async () => {
  const shard = await loadedShard();
  shard.log.commitsAtOnce = false;
  shard.write(1);
  await shard.clock.pass(4_999);
  expect(await shard.take()).toEqual([]);
  await shard.clock.pass(1);
  expect(await shard.take()).toEqual(["write 1 REQUEST_TIMED_OUT"]);
  shard.view.commit();
  shard.read();
  expect(await shard.take()).toEqual(["read 1"]);
});

test("when the log refuses records the asker is told why, all others that it is not available, and the log is read again after a pause", async () => {
  const shard = await loadedShard();
  shard.write(1);
  shard.ask("park", { type: "park" });
  shard.log.commitsAtOnce = false;
  shard.write(2);
  shard.refuse();
  shard.write(3);
  expect(await shard.take()).toEqual([
    "write 1 1",
    "park COORDINATOR_NOT_AVAILABLE",
    "write 2 COORDINATOR_NOT_AVAILABLE",
    "write 3 NOT_ENOUGH_REPLICAS",
  ]);
  shard.view.commit();
  await shard.clock.pass(499);
  shard.read();
  expect(await shard.take()).toEqual(["read COORDINATOR_LOAD_IN_PROGRESS"]);
  await shard.clock.pass(1);
  shard.read();
  expect(await shard.take()).toEqual(["read 2"]);
});

test("when the log refuses what changes nothing but the state, only the asker is told, and the rest goes on", async () => {
  const shard = await loadedShard();
  shard.ask("park", { type: "park" });
  shard.roomBytes = 100;
  shard.view.appendsLeft = 1;
  shard.ask("note", { type: "note", values: [1, 2, 3, 4] });
  shard.read();
  shard.ask("wake", { type: "wake" });
  expect(await shard.take()).toEqual(["note NOT_ENOUGH_REPLICAS", "read 2", "park 2", "wake 2"]);
});

test("the part of such a refused request that stands in the log is told by no answer before it is committed", async () => {
  const shard = await loadedShard();
  shard.roomBytes = 100;
  shard.log.commitsAtOnce = false;
  shard.view.appendsLeft = 1;
  shard.ask("note", { type: "note", values: [1, 2, 3, 4] });
  shard.read();
  expect(await shard.take()).toEqual(["note NOT_ENOUGH_REPLICAS"]);
  shard.view.commit();
  expect(await shard.take()).toEqual(["read 2"]);
});

test("a log that goes on refusing is read again after 0.5, 1, 2, 4, 8 and 8 seconds, and after 0.5 again when it has taken a write", async () => {
  const shard = await loadedShard();
  const pauses: number[] = [];
  for (let round = 0; round < 7; round++) {
    if (round === 6) shard.write(1);
    shard.refuse();
    shard.write(2);
    const beganMs = shard.clock.nowMs;
    while (shard.shard.isLoading) await shard.clock.pass(100);
    pauses.push(shard.clock.nowMs - beganMs);
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 500]);
});

test("when the log has dropped what it took, all that rests on it is refused and forgotten, and the log is read again", async () => {
  const shard = await loadedShard();
  shard.write(1);
  shard.log.commitsAtOnce = false;
  shard.write(2);
  shard.read();
  shard.view.drop(new MillraceError("KAFKA_STORAGE_ERROR"));
  expect(await shard.take()).toEqual(["write 1 1", "write 2 COORDINATOR_NOT_AVAILABLE", "read COORDINATOR_NOT_AVAILABLE"]);
  await shard.clock.pass(500);
  shard.write(3);
  shard.view.commit();
  shard.read();
  expect(await shard.take()).toEqual(["write 3 3", "read 3"]);
});

test("what is dropped while the log is read, or waits to be read again, changes nothing", async () => {
  const shard = new RegisterShard(logOf(1));
  shard.view.drop(new MillraceError("KAFKA_STORAGE_ERROR"));
  await shard.clock.pass(0);
  shard.refuse();
  shard.write(2);
  shard.view.drop(new MillraceError("KAFKA_STORAGE_ERROR"));
  await shard.clock.pass(500);
  shard.read();
  expect(await shard.take()).toEqual(["write 2 NOT_ENOUGH_REPLICAS", "read 1"]);
});

test("when the leadership is lost all that is open is told so, and all that comes", async () => {
  const shard = await loadedShard();
  shard.ask("park", { type: "park" });
  shard.log.commitsAtOnce = false;
  shard.write(1);
  shard.lose();
  shard.read();
  expect(await shard.take()).toEqual(["park NOT_LEADER_OR_FOLLOWER", "write 1 NOT_LEADER_OR_FOLLOWER", "read NOT_LEADER_OR_FOLLOWER"]);
  await shard.clock.pass(60_000);
  expect(shard.clock.waiting).toBe(0);
});

test("a shard that ends while its log is read stays ended", async () => {
  const shard = new RegisterShard(logOf(1, 2));
  shard.shard.end(new MillraceError("NOT_COORDINATOR"));
  await shard.clock.pass(1_000);
  shard.read();
  expect(await shard.take()).toEqual(["read NOT_COORDINATOR"]);
});

test("a shard whose leadership is lost between a refused append and its reading again stays ended", async () => {
  const shard = await loadedShard();
  shard.refuse();
  shard.write(1);
  shard.lose();
  await shard.clock.pass(1_000);
  shard.read();
  expect(await shard.take()).toEqual(["write 1 NOT_ENOUGH_REPLICAS", "read NOT_LEADER_OR_FOLLOWER"]);
});

test("a leadership that is lost within the append is told to the asker too", async () => {
  const shard = await loadedShard();
  shard.view.losesInAppend = true;
  shard.write(1);
  expect(await shard.take()).toEqual(["write 1 NOT_LEADER_OR_FOLLOWER"]);
});

test("a bug is UNKNOWN_SERVER_ERROR to who met it, and nothing of the broken state is left", async () => {
  const shard = await loadedShard();
  shard.write(1);
  shard.ask("park", { type: "park" });
  shard.ask("break", { type: "break" });
  await shard.clock.pass(500);
  shard.read();
  expect(await shard.take()).toEqual(["write 1 1", "park COORDINATOR_NOT_AVAILABLE", "break UNKNOWN_SERVER_ERROR", "read 1"]);
});

test("a decision that is larger than a batch may be is appended as several, and answered when all of them are committed", async () => {
  const shard = await loadedShard();
  shard.roomBytes = 100;
  shard.log.commitsAtOnce = false;
  shard.ask("write", { type: "write", values: [1, 2, 3, 4, 5] });
  expect(shard.log.batches.length).toBe(3);
  shard.view.commit(4);
  expect(await shard.take()).toEqual([]);
  shard.view.commit(5);
  expect(await shard.take()).toEqual(["write 5"]);
});

test("work of many turns lets others in between", async () => {
  const shard = await loadedShard();
  shard.ask("toil", { type: "toil", turns: 3 });
  shard.read();
  expect(await shard.take()).toEqual(["read 2", "toil 0"]);
});

test("a shard has one timer, however much waits in it", async () => {
  const shard = await loadedShard();
  for (let index = 0; index < 1_000; index++) shard.ask("sleep", { type: "sleep", ms: 1_000 + index });
  expect(shard.clock.waiting).toBe(1);
  await shard.clock.pass(1_500);
  expect((await shard.take()).length).toBe(501);
  expect(shard.clock.waiting).toBe(1);
});

test("a notice waits until the log has been read", async () => {
  const shard = new RegisterShard(logOf(1));
  shard.shard.notify({ type: "write", values: [2] });
  await shard.clock.pass(0);
  shard.read();
  expect(await shard.take()).toEqual(["read 2"]);
});
