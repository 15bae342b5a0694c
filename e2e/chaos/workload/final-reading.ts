import { setTimeout as sleep } from "node:timers/promises";
import { recordsOfPartition } from "../../support/partition-scan.ts";
import { WireClient } from "../../support/wire-client.ts";
import type { Polled } from "../checker/operations.ts";
import { type Recorder, valueIn } from "./recorder.ts";
import type { Target } from "./workload.ts";

const retryMs = 200;

/** Reads every partition to its end, with clients that know nothing; tries for so long. Resolves to the partitions that cannot be read. */
export async function readEverything(target: Target, recorder: Recorder, timeoutMs: number): Promise<number[]> {
  const process = recorder.process();
  const unread: number[] = [];
  const untilMs = recorder.nowMs + timeoutMs;
  for (let partition = 0; partition < target.partitions; partition++) {
    const fromMs = recorder.nowMs;
    const records = await readPatiently(target, partition, () => recorder.nowMs < untilMs);
    if (records === undefined) unread.push(partition);
    else process.polled(fromMs, records);
  }
  return unread;
}

async function readPatiently(target: Target, partition: number, mayGoOn: () => boolean): Promise<Polled[] | undefined> {
  while (mayGoOn()) {
    for (const address of target.bootstrap.split(",")) {
      try {
        return await readFrom(address, target, partition);
      } catch {
        // Another one may lead it, or will soon.
      }
    }
    await sleep(retryMs);
  }
  return undefined;
}

/** Rejects where this broker does not lead the partition. */
async function readFrom(address: string, { topic }: Target, partition: number): Promise<Polled[]> {
  using client = await WireClient.connect(address);
  const records: Polled[] = [];
  for await (const { offset, value } of recordsOfPartition(client, topic, { partition }))
    records.push({ partition, offset, value: valueIn(value!.toString("latin1")) });
  return records;
}
