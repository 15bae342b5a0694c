import { SnapshotChunk } from "@millrace/contracts/metadata";
import { KiB } from "@millrace/vocabulary";
import type { MetadataImage } from "../image/image.ts";
import { encodeRecord } from "../records/codec.ts";
import { finalisedLevel, snapshotRecords } from "./records.ts";

/**
 * A chunk is made, and read, in one step of the event loop: so many bytes are about 900 partitions, a few milliseconds of
 * work. A chunk exceeds it by less than its last record.
 */
export const snapshotChunkBytes: number = 32 * KiB;

/** An image as the chunks of a snapshot. Each is made when asked for, so that others may run in between. */
export function* snapshotChunks(image: MetadataImage, chunkBytes: number = snapshotChunkBytes): Generator<Buffer> {
  const level = finalisedLevel(image);
  let records: Buffer[] = [];
  let bytes = 0;
  for (const record of snapshotRecords(image)) {
    const encoded = encodeRecord(record, level);
    records.push(encoded);
    bytes += encoded.length;
    if (bytes < chunkBytes) continue;
    yield SnapshotChunk.encode({ records }).finish();
    [records, bytes] = [[], 0];
  }
  if (records.length > 0) yield SnapshotChunk.encode({ records }).finish();
}
