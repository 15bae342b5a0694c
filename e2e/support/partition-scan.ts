import { BatchView, readRecords, recordsOf, type StoredRecord } from "@millrace/records";
import { fetchOne } from "./topics.ts";
import type { WireClient } from "./wire-client.ts";

/** Every batch of a partition from an offset to the high watermark, as a consumer gets them. Throws where a fetch answers an error. */
export async function* batchesOfPartition(client: WireClient, topic: string, { partition = 0, from = 0 } = {}): AsyncGenerator<BatchView> {
  for (let offset = from; ;) {
    const { code, records } = await fetchOne(client, topic, offset, { partition });
    if (code !== "NONE") throw new Error(`${topic}-${partition} at ${offset}: ${code}`);
    if (records === null || records.length === 0) return;
    for (let at = 0; at < records.length;) {
      const view = new BatchView(records, at);
      if (view.nextOffset > offset) yield view;
      at += view.sizeBytes;
      offset = Math.max(offset, view.nextOffset);
    }
  }
}

/** Every record of a partition whose batches are not compressed. */
export async function* recordsOfPartition(
  client: WireClient,
  topic: string,
  options: { partition?: number; from?: number } = {},
): AsyncGenerator<StoredRecord> {
  for await (const view of batchesOfPartition(client, topic, options)) {
    if (view.isControl) continue;
    yield* readRecords(view, recordsOf(view));
  }
}
