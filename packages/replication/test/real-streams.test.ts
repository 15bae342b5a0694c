import { encodeBatch } from "@millrace/records";
import { MiB, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Partition } from "../src/index.ts";
import { RealReplicas } from "./support/real-replicas.ts";

function append(partition: Partition, value: Buffer): Offset {
  const batch = encodeBatch([{ key: null, value, timestamp: 1_000 }]);
  return Offset(partition.append(batch, { acks: -1, origin: "client" }).lastOffset + 1);
}

function committed(partition: Partition, end: Offset): Promise<void> {
  return new Promise((resolve, reject) => void partition.whenCommitted(end, (error) => (error === undefined ? resolve() : reject(error))));
}

async function bytesOf({ log }: Partition): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let from = log.logStart; from < log.logEnd;) {
    const read = await log.read(from, { bytesMax: 4 * MiB, upTo: log.logEnd, firstBatchWhole: true });
    parts.push(...read.parts);
    from = read.nextOffset;
  }
  return Buffer.concat(parts);
}

test("over gRPC, batches of every size reach two followers byte by byte, and are committed when they have them", async () => {
  await using replicas = await RealReplicas.open(3);
  const leader = replicas.partition(1);
  let end = Offset(0);
  for (const size of [1, 1_000, 100_000, 900_000, 5, 70_000])
    for (let count = 0; count < 10; count++) end = append(leader, Buffer.alloc(size, count));
  await committed(leader, end);
  const whole = await bytesOf(leader);
  expect(whole.length).toBeGreaterThan(10 * MiB);
  for (const id of [2, 3]) {
    const follower = replicas.partition(id);
    expect(follower.log.logEnd).toBe(end);
    expect((await bytesOf(follower)).equals(whole)).toBe(true);
    await expect.poll(() => follower.highWatermark).toBe(end);
  }
});

test("a leader that is asked for a sync asks its followers for it, and waits for all of them, in a topic that is not synced", async () => {
  await using replicas = await RealReplicas.open(3);
  const leader = replicas.partition(1);
  const end = append(leader, Buffer.from("a"));
  await committed(leader, end);
  expect([1, 2, 3].map((id) => replicas.partition(id).log.syncedEnd)).toEqual([0, 0, 0]);
  await new Promise<void>((resolve, reject) => void leader.whenSynced(end, (error) => (error === undefined ? resolve() : reject(error))));
  expect([1, 2, 3].map((id) => replicas.partition(id).log.syncedEnd)).toEqual([end, end, end]);
});

test("a batch larger than gRPC's usual bounds, and than the credit of a stream, reaches the followers, and so does what comes after it", async () => {
  await using replicas = await RealReplicas.open(3);
  const leader = replicas.partition(1);
  append(leader, Buffer.alloc(20 * MiB, 1));
  const end = append(leader, Buffer.from("after"));
  await committed(leader, end);
  for (const id of [2, 3]) expect(replicas.partition(id).log.logEnd).toBe(end);
});
