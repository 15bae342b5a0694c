/**
 * What the log costs beside a bare `writev` loop: megabytes a second, and milliseconds of processor per megabyte, the kernel's
 * included. Runs alternate, since the page cache swings; each has fresh data.
 *
 *     node packages/storage/bench/append.ts [megabytes per run] [rounds]
 */

import fs from "node:fs";
import { join } from "node:path";
import { MemoryBudget } from "@millrace/runtime";
import { encodeBatch } from "@millrace/records";
import { GiB, LeaderEpoch, MiB, TopicId } from "@millrace/vocabulary";
import { admitBatch } from "../src/index.ts";
import { openTestDirectory, topicSettings } from "../src/testing/index.ts";
import { benchWorld, inFolder } from "./surroundings.ts";

/** Bytes appended and not yet written: as many as a few busy connections hold. */
const windowBytes: number = 8 * MiB;
/** Batches of one turn of the loop: what a few sockets bring at once. */
const batchesPerTurn = 4;

interface Shape {
  readonly name: string;
  readonly template: Buffer;
}

interface Result {
  readonly megabytesPerSecond: number;
  readonly cpuMsPerMegabyte: number;
}

/** Takes one batch, in memory of its own, and calls back when it is written. */
type Sink = (batch: Buffer, written: () => void) => void;

const shapes: readonly Shape[] = [
  { name: "1 KiB records, 16 KiB batches", template: batchOf(16, 1024) },
  { name: "100 B records, 16 KiB batches", template: batchOf(146, 100) },
  { name: "1 KiB records, 256 KiB batches", template: batchOf(250, 1024) },
];

function batchOf(records: number, bytes: number): Buffer {
  return encodeBatch(
    Array.from({ length: records }, (_, index) => ({ key: null, value: Buffer.alloc(bytes, index), timestamp: Date.now() })),
  );
}

/** Pours copies of a batch into a sink, never more than the window at once. */
async function pour(sink: Sink, template: Buffer, totalBytes: number): Promise<Result> {
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  let poured = 0;
  let waiting = 0;
  await new Promise<void>((resolve) => {
    const turn = () => {
      for (let count = 0; count < batchesPerTurn && poured < totalBytes && waiting < windowBytes; count++) {
        const batch = Buffer.allocUnsafeSlow(template.length);
        template.copy(batch);
        poured += batch.length;
        waiting += batch.length;
        sink(batch, () => {
          waiting -= batch.length;
          if (waiting === 0 && poured >= totalBytes) resolve();
        });
      }
      if (poured < totalBytes) setImmediate(turn);
    };
    turn();
  });
  const { user, system } = process.cpuUsage(cpu);
  const megabytes = poured / 1e6;
  return { megabytesPerSecond: megabytes / ((performance.now() - startMs) / 1000), cpuMsPerMegabyte: (user + system) / 1000 / megabytes };
}

/** What of a turn has gathered goes out in one write, one at a time: the least that any log must do. */
function bareSink(path: string): { sink: Sink; close: () => void } {
  const file = fs.openSync(path, "wx+");
  let gathered: { batch: Buffer; written: () => void }[] = [];
  let isWriting = false;
  let position = 0;
  const write = () => {
    if (isWriting || gathered.length === 0) return;
    isWriting = true;
    const writing = gathered;
    gathered = [];
    fs.writev(
      file,
      writing.map(({ batch }) => batch),
      position,
      (error, bytes) => {
        if (error) throw error;
        position += bytes;
        isWriting = false;
        for (const { written } of writing) written();
        write();
      },
    );
  };
  const sink: Sink = (batch, written) => {
    gathered.push({ batch, written });
    if (gathered.length === 1) setImmediate(write);
  };
  return { sink, close: () => fs.closeSync(file) };
}

/** The log, as a leader's partition feeds it: admission, append, written. */
async function logSink(path: string): Promise<{ sink: Sink; close: () => Promise<void> }> {
  const runtime = benchWorld();
  const directory = await openTestDirectory(runtime, { path, memory: new MemoryBudget(() => GiB) });
  const settings = topicSettings();
  const log = await directory.openLog(TopicId("AAAAAAAAAAAAAAAAAAAAAw"), 0, () => settings);
  const waiting: { end: number; written: () => void }[] = [];
  let first = 0;
  log.observe({
    written: () => {
      while (first < waiting.length && waiting[first]!.end <= log.logEnd) waiting[first++]!.written();
      log.highWatermarkIs(log.logEnd);
    },
    synced: () => undefined,
    logStartMoved: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  const context = { nowMs: Date.now(), allowsZstd: true, work: runtime.work };
  const sink: Sink = (batch, written) => {
    const admitted = admitBatch(batch, settings, context);
    if (admitted instanceof Promise) throw new Error("an uncompressed batch is admitted at once");
    const { lastOffset } = log.append(admitted.batch, { origin: "client", leaderEpoch: LeaderEpoch(1) });
    waiting.push({ end: lastOffset + 1, written });
  };
  return { sink, close: () => directory.close() };
}

const [megabytes = 500, rounds = 3] = process.argv.slice(2).map(Number);
for (const { name, template } of shapes) {
  for (let round = 0; round < rounds; round++) {
    const bare = await inFolder(async (folder) => {
      const { sink, close } = bareSink(join(folder, "log"));
      const result = await pour(sink, template, megabytes * 1e6);
      close();
      return result;
    });
    const log = await inFolder(async (folder) => {
      const { sink, close } = await logSink(folder);
      const result = await pour(sink, template, megabytes * 1e6);
      await close();
      return result;
    });
    console.log(`${name}: bare ${line(bare)}; log ${line(log)}; ${(log.megabytesPerSecond / bare.megabytesPerSecond).toFixed(2)} of bare`);
  }
}

function line({ megabytesPerSecond, cpuMsPerMegabyte }: Result): string {
  return `${megabytesPerSecond.toFixed(0)} MB/s ${cpuMsPerMegabyte.toFixed(2)} ms/MB`;
}
