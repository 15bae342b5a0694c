/**
 * How long a broker with many partitions takes to open their logs: after a clean stop, and after a crash with a batch in each that
 * lies past its recovery point.
 *
 *     node packages/storage/bench/open.ts [logs]
 */

import { spawnSync } from "node:child_process";
import { MemoryBudget } from "@millrace/runtime";
import { encodeBatch } from "@millrace/records";
import { GiB, LeaderEpoch, TopicId } from "@millrace/vocabulary";
import type { Log, LogDirectory } from "../src/index.ts";
import { openTestDirectory, topicSettings } from "../src/testing/index.ts";
import { benchWorld, inFolder } from "./surroundings.ts";

/** Logs opened at once, as a broker does. */
const openingsMax = 32;
const settings = topicSettings();

async function openAll(path: string, count: number): Promise<{ directory: LogDirectory; logs: Log[]; tookMs: number; reads: number }> {
  const startMs = performance.now();
  const runtime = benchWorld();
  const directory = await openTestDirectory(runtime, { path, memory: new MemoryBudget(() => GiB) });
  const logs: Log[] = [];
  const openNext = async (): Promise<void> => {
    while (logs.length < count) {
      const partition = logs.length;
      logs.push(undefined as never);
      logs[partition] = await directory.openLog(TopicId("AAAAAAAAAAAAAAAAAAAAAw"), partition, () => settings);
    }
  };
  await Promise.all(Array.from({ length: openingsMax }, openNext));
  return { directory, logs, tookMs: performance.now() - startMs, reads: runtime.disk.counters.reads };
}

async function appendToAll(logs: readonly Log[]): Promise<void> {
  for (const log of logs) {
    const batch = encodeBatch([{ key: null, value: Buffer.alloc(1000), timestamp: Date.now() }]);
    log.append(batch, { origin: "client", leaderEpoch: LeaderEpoch(1) });
  }
  while (logs.some((log) => log.logEnd < log.nextOffset)) await new Promise((resolve) => setTimeout(resolve, 50));
}

function report(what: string, { tookMs, reads }: { tookMs: number; reads: number }): void {
  const megabytes = (process.memoryUsage().rss / 1e6).toFixed(0);
  console.log(`${what}: ${(tookMs / 1000).toFixed(2)} s, ${reads} reads, ${megabytes} MB resident`);
}

/** One life that ends without a word. */
async function crashAfterAppends(path: string, count: number): Promise<never> {
  const { logs } = await openAll(path, count);
  await appendToAll(logs);
  process.kill(process.pid, "SIGKILL");
  throw new Error("killed");
}

const [count = "10000", crashIn] = process.argv.slice(2);
if (crashIn !== undefined) await crashAfterAppends(crashIn, Number(count));
await inFolder(async (path) => {
  const made = await openAll(path, Number(count));
  report(`${count} logs made`, made);
  await appendToAll(made.logs);
  await made.directory.close();
  const clean = await openAll(path, Number(count));
  report(`${count} logs opened after a ${clean.directory.lastStop} stop`, clean);
  await clean.directory.close();
  spawnSync(process.execPath, [import.meta.filename, count, path], { stdio: "inherit" });
  const crashed = await openAll(path, Number(count));
  report(`${count} logs opened after they ${crashed.directory.lastStop}`, crashed);
  await crashed.directory.close();
});
