import { batchPrefixBytes, BatchView } from "@millrace/records";
import { MiB } from "@millrace/vocabulary";
import { batchFault } from "../segment/batch-fault.ts";
import { damageError } from "../segment/damage.ts";
import type { Segment } from "../segment/segment.ts";

/** Batches taken at once: a few milliseconds of work beside the loop, and a fraction of one on it. */
const chunkBytes: number = MiB;

/** Whole batches that follow one another, each of them sound. */
export interface BatchChunk {
  readonly bytes: Buffer;
  readonly views: readonly BatchView[];
}

/** The batches of a segment from a position on, in chunks. Rejects with KAFKA_STORAGE_ERROR where one is damaged. */
export async function* batchChunks(segment: Segment, from = 0): AsyncGenerator<BatchChunk> {
  let wantedBytes = chunkBytes;
  for (let position = from; position < segment.sizeBytes;) {
    const bytes = Buffer.allocUnsafeSlow(Math.min(wantedBytes, segment.sizeBytes - position));
    const read = await segment.log.use((file) => file.read(bytes, position));
    const views = soundBatches(bytes.subarray(0, read));
    const end = views.reduce((sum, view) => sum + view.sizeBytes, 0);
    if (end === 0) {
      const neededBytes = read >= batchPrefixBytes ? new BatchView(bytes).sizeBytes : 0;
      const isMore = neededBytes > read && position + neededBytes <= segment.sizeBytes;
      if (!isMore) throw damageError({ path: segment.log.path, position, from: segment.baseOffset });
      wantedBytes = neededBytes;
      continue;
    }
    yield { bytes: bytes.subarray(0, end), views };
    position += end;
    wantedBytes = chunkBytes;
  }
}

function soundBatches(bytes: Buffer): BatchView[] {
  const views: BatchView[] = [];
  for (let start = 0; start < bytes.length;) {
    const view = new BatchView(bytes, start);
    if (batchFault(view, bytes.length) !== undefined) break;
    views.push(view);
    start += view.sizeBytes;
  }
  return views;
}
