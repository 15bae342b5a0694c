/**
 * What a follower costs: milliseconds of processor per megabyte at both ends of a stream together, appending at the follower included,
 * as the difference between partitions with and without one. Runs alternate, since the page cache swings; each has fresh data.
 *
 *     node packages/replication/bench/hop.ts [megabytes per run] [rounds]
 */

import { encodeBatch } from "@millrace/records";
import { MiB, Offset } from "@millrace/vocabulary";
import { growHeapInLargeSteps } from "@millrace/runtime/real";
import { RealReplicas } from "../test/support/real-replicas.ts";

/** Bytes that are not committed: as many as a few busy producers have under way. */
const windowBytes: number = 8 * MiB;

const sizes = [16, 128, 1024].map((kibibytes) => kibibytes * 1024);

interface Cost {
  readonly cpuMsPerMegabyte: number;
  readonly megabytesPerSecond: number;
}

async function pour(replicaCount: number, batchBytes: number, totalBytes: number): Promise<Cost> {
  await using replicas = await RealReplicas.open(replicaCount);
  const partition = replicas.partition(1);
  const template = encodeBatch([{ key: null, value: Buffer.alloc(batchBytes - 80, 7), timestamp: Date.now() }]);
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  let [poured, waiting] = [0, 0];
  await new Promise<void>((resolve) => {
    const turn = () => {
      while (poured < totalBytes && waiting < windowBytes) {
        const batch = Buffer.from(template);
        poured += batch.length;
        waiting += batch.length;
        const { lastOffset } = partition.append(batch, { acks: -1, origin: "client" });
        partition.whenCommitted(Offset(lastOffset + 1), () => {
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
  return { cpuMsPerMegabyte: (user + system) / 1000 / megabytes, megabytesPerSecond: megabytes / ((performance.now() - startMs) / 1000) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

growHeapInLargeSteps();
const megabytes = Number(process.argv[2] ?? 400);
const rounds = Number(process.argv[3] ?? 5);
console.log("| batch | alone ms/MB | with a follower ms/MB | the hop ms/MB | MB/s with a follower |\n|---|---|---|---|---|");
for (const size of sizes) {
  const runs: { alone: Cost; followed: Cost }[] = [];
  await pour(2, size, 50e6); // warm
  for (let round = 0; round < rounds; round++)
    runs.push({ alone: await pour(1, size, megabytes * 1e6), followed: await pour(2, size, megabytes * 1e6) });
  const alone = median(runs.map((run) => run.alone.cpuMsPerMegabyte));
  const followed = median(runs.map((run) => run.followed.cpuMsPerMegabyte));
  const speed = median(runs.map((run) => run.followed.megabytesPerSecond));
  console.log(
    `| ${size / 1024} KiB | ${alone.toFixed(2)} | ${followed.toFixed(2)} | ${(followed - alone).toFixed(2)} | ${speed.toFixed(0)} |`,
  );
}
