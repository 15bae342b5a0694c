import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { BatchView, compressBatch, compressionCodecs } from "@millrace/records";
import { expect, test } from "vitest";
import { kafkaTool, kafkaToolsMissing } from "../../../e2e/support/kafka-tools.ts";
import { cleanLog } from "../src/compaction/clean-log.ts";
import type { Log } from "../src/index.ts";
import type { PartitionLog } from "../src/log/partition-log.ts";
import { asClient, asMarker, batch, marker } from "./support/broker.ts";
import { RealBroker } from "./support/real-broker.ts";

const missing = await kafkaToolsMissing();
if (missing !== undefined) console.warn(`Kafka's dump-log is left out: ${missing}`);

/** What Kafka's dump-log says of files, and what it complains of. */
async function dump(directory: string, ending: string, ...options: string[]): Promise<{ text: string; complaints: string[] }> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(ending)).map((name) => join(directory, name));
  expect(files.length).toBeGreaterThan(0);
  const { code, stdout, stderr } = await kafkaTool("kafka-dump-log", ["--files", files.join(","), ...options]);
  expect(code).toBe(0);
  // That the first record of a file is not record 0 is a slip of the tool's own.
  const complaints = stderr.split("\n").filter((line) => line !== "" && !/^Non-consecutive offsets in|^ {2}-1 is followed by/.test(line));
  return { text: stdout.toString(), complaints };
}

/** Waits until everything appended is written. */
async function written(log: Log): Promise<void> {
  while (log.logEnd < log.nextOffset) await new Promise((resolve) => setImmediate(resolve));
}

/** Every kind of batch there is, over several segments. */
async function fill(log: Log): Promise<number> {
  let records = 0;
  for (let round = 0; round < 60; round++) {
    const values = Array.from({ length: 5 }, (_, index) => `value ${round} ${index} ${"x".repeat(round)}`);
    const keys = values.map((_, index) => `key ${(round + index) % 7}`);
    const timestamps = values.map((_, index) => 1_000_000 + ((round * 37) % 50) * 10 + index);
    const plain = batch({ values, keys, timestamps, producerId: 7, producerEpoch: 0, baseSequence: round * 5 });
    log.append(compressBatch(plain, compressionCodecs[round % compressionCodecs.length]!), asClient);
    log.append(
      batch({ values: ["t"], keys: ["t"], producerId: 8, producerEpoch: 0, baseSequence: round, isTransactional: true }),
      asClient,
    );
    log.append(marker(round % 2 === 0 ? "abort" : "commit", 8), asMarker);
    records += values.length + 2;
    if (round % 10 === 0) await written(log);
  }
  await written(log);
  return records;
}

test.skipIf(missing !== undefined)("Kafka's dump-log reads segments and indexes, and finds nothing to complain of", async () => {
  await using broker = await RealBroker.open();
  const log = await broker.log({ "segment.bytes": 5_000, "index.interval.bytes": 500 });
  const records = await fill(log);
  await broker.directory.close();
  const directory = join(broker.path, "logs", `${log.topicId}-0`);
  const dumped = await dump(directory, ".log", "--deep-iteration");
  expect(dumped.complaints).toEqual([]);
  expect(dumped.text.match(/^\| offset: /gm)?.length).toBe(records);
  expect(dumped.text).not.toMatch(/isvalid: false/);
  expect((await dump(directory, "index", "--index-sanity-check")).complaints).toEqual([]);
  expect((await dump(directory, ".index", "--verify-index-only")).complaints).toEqual([]);
  expect((await dump(directory, ".timeindex", "--verify-index-only")).complaints).toEqual([]);
  const transactions = await dump(directory, ".txnindex");
  expect(transactions.text.match(/producerId: 8/g)?.length).toBe(30);
});

test.skipIf(missing !== undefined)("Kafka's dump-log reads what compaction leaves", async () => {
  await using broker = await RealBroker.open();
  const settings = {
    "segment.bytes": 5_000,
    "index.interval.bytes": 500,
    "cleanup.policy": ["compact" as const],
    "file.delete.delay.ms": 0,
  };
  const log = (await broker.log(settings)) as PartitionLog;
  await fill(log);
  log.highWatermarkIs(log.logEnd);
  await log.flush({ syncIndexes: false });
  expect(await cleanLog(log, () => false)).toBe(true);
  await broker.directory.close();
  const directory = join(broker.path, "logs", `${log.topicId}-0`);
  const dumped = await dump(directory, ".log", "--deep-iteration");
  // Gaps are what compaction is for; dump-log mentions them.
  expect(dumped.complaints.filter((line) => !/^ {2}\d+ is followed by \d+$/.test(line))).toEqual([]);
  expect(dumped.text).not.toMatch(/isvalid: false/);
  expect((await dump(directory, ".index", "--verify-index-only")).complaints).toEqual([]);
  expect((await dump(directory, ".timeindex", "--verify-index-only")).complaints).toEqual([]);
});

test("batches keep the bytes that the checksum covers, on the real disk and through lmdb", async () => {
  await using broker = await RealBroker.open();
  const sent = batch({ values: ["a", "b"] });
  const log = await broker.log();
  log.append(Buffer.from(sent), asClient);
  await written(log);
  await broker.directory.close();
  await broker.openDirectory();
  expect(broker.directory.lastStop).toBe("clean");
  const again = await broker.log();
  const read = await again.read(again.logStart, { bytesMax: 1000, upTo: again.logEnd, firstBatchWhole: true });
  const view = new BatchView(Buffer.concat(read.parts));
  expect(view.bytes.subarray(21).equals(sent.subarray(21))).toBe(true);
});
