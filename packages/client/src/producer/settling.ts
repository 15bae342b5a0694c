import { events } from "../events.ts";
import type { Settled } from "./delivery.ts";
import type { PartitionQueue, QueuedBatch } from "./partition-queue.ts";

/** Tells the records of settled batches what became of them. */
export function settleRecords(
  queue: PartitionQueue,
  settled: readonly Settled<QueuedBatch>[],
  { nowMs, logAppendTimeMs }: { readonly nowMs: number; readonly logAppendTimeMs?: number | undefined },
): void {
  for (const each of settled) {
    if (each.error === undefined) delivered(queue, each.batch, each.baseOffset, logAppendTimeMs);
    else for (const pending of each.batch.records) pending.failed(each.error);
    publish(queue, each, nowMs);
  }
}

function delivered(
  { topic, partition }: PartitionQueue,
  { records }: QueuedBatch,
  baseOffset: number,
  logAppendTimeMs: number | undefined,
): void {
  records.forEach((pending, index) => {
    const offset = baseOffset < 0 ? undefined : baseOffset + index;
    pending.delivered({ topic, partition, offset, timestampMs: logAppendTimeMs ?? pending.record.timestamp });
  });
}

function publish({ topic, partition }: PartitionQueue, settled: Settled<QueuedBatch>, nowMs: number): void {
  const { records, sealed, closedMs } = settled.batch;
  const told = { topic, partition, records: records.length, bytes: sealed.bytes.length, elapsedMs: nowMs - closedMs };
  if (settled.error === undefined) {
    if (events.delivered.hasSubscribers) events.delivered.publish({ ...told, baseOffset: settled.baseOffset });
  } else if (events.undelivered.hasSubscribers) events.undelivered.publish({ ...told, error: settled.error });
}
