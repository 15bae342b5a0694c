import type { Boundary } from "./progress-at.ts";
import { scanBatches } from "./scan.ts";
import type { Segment } from "./segment.ts";

/** What is known of the batches of a segment beside their checksums. */
export interface SoundEndOptions {
  /** No batch of the segment reaches past it. */
  readonly ceiling: number;
  /** The epoch that a record at an offset must have, as far as is known. */
  readonly epochOf: (offset: number) => number | undefined;
}

/**
 * Reads a segment and finds where it ceases to be sound; its end where nothing is wrong with it. A batch that the next one cannot follow is
 * the one that is wrong: no checksum covers its offset.
 */
export async function soundEnd(segment: Segment, { ceiling, epochOf }: SoundEndOptions): Promise<Boundary> {
  let before: Boundary = { position: 0, offset: segment.baseOffset };
  let end = before;
  let isMisplaced = false;
  await scanBatches(segment.log, { from: 0, to: segment.sizeBytes, checksums: true }, (batch, position) => {
    const { baseOffset, nextOffset, leaderEpoch } = batch;
    isMisplaced = baseOffset < end.offset;
    if (isMisplaced || nextOffset > ceiling || (epochOf(baseOffset) ?? leaderEpoch) !== leaderEpoch) return false;
    before = end;
    end = { position: position + batch.sizeBytes, offset: nextOffset };
    return true;
  });
  return isMisplaced ? before : end;
}
