import type { BatchView } from "@millrace/records";
import { OffsetIndex } from "./offset-index.ts";
import type { StoredFile } from "./stored-file.ts";
import { TimeIndex } from "./time-index.ts";

/** How far the sparse indexes of a segment are, and what must be known to go on with them. */
export interface IndexProgress {
  /** The greatest timestamp of the first batch, by which the segment's age is told; -1: no batch, or none with a timestamp. */
  readonly firstTimestampMs: number;
  /** The greatest timestamp of all, and the last offset of the first batch that has it. -1: none. */
  readonly largestTimestampMs: number;
  readonly largestTimestampOffset: number;
  readonly bytesSinceIndexEntry: number;
  readonly lastTimeEntryMs: number;
  readonly offsetEntries: number;
  readonly timeEntries: number;
}

export const noIndexProgress: IndexProgress = {
  firstTimestampMs: -1,
  largestTimestampMs: -1,
  largestTimestampOffset: -1,
  bytesSinceIndexEntry: 0,
  lastTimeEntryMs: -1,
  offsetEntries: 0,
  timeEntries: 0,
};

/** The two files that the indexes lie in. */
export interface IndexFiles {
  readonly offsets: StoredFile;
  readonly times: StoredFile;
}

/** The sparse indexes of one segment, by offset and by time. They grow together: one entry in each per so many bytes. */
export class SegmentIndexes {
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
  #progress: { -readonly [Key in keyof IndexProgress]: IndexProgress[Key] };

  /** @param progress undefined: of a sealed segment, whose indexes are read only */
  constructor(files: IndexFiles, baseOffset: number, progress: IndexProgress | undefined) {
    this.offsets = new OffsetIndex(files.offsets, baseOffset, progress?.offsetEntries);
    this.times = new TimeIndex(files.times, baseOffset, progress?.timeEntries);
    this.#progress = { ...(progress ?? noIndexProgress) };
  }

  get firstTimestampMs(): number {
    return this.#progress.firstTimestampMs;
  }

  get largestTimestampMs(): number {
    return this.#progress.largestTimestampMs;
  }

  get largestTimestampOffset(): number {
    return this.#progress.largestTimestampOffset;
  }

  isFull(bytesMax: number): boolean {
    return this.offsets.isFull(bytesMax) || this.times.isFull(bytesMax);
  }

  /** Takes note of a batch at `position`: its timestamps, and an entry where one is due. */
  note(batch: BatchView, position: number, intervalBytes: number): void {
    const progress = this.#progress;
    const { maxTimestamp, lastOffset } = batch;
    if (position === 0) progress.firstTimestampMs = maxTimestamp;
    if (maxTimestamp > progress.largestTimestampMs) {
      progress.largestTimestampMs = maxTimestamp;
      progress.largestTimestampOffset = lastOffset;
    }
    if (progress.bytesSinceIndexEntry > intervalBytes) {
      this.offsets.add(lastOffset, position);
      this.#addTime();
      progress.bytesSinceIndexEntry = 0;
    }
    progress.bytesSinceIndexEntry += batch.sizeBytes;
  }

  /** No more batches come: the greatest timestamp becomes the last entry of the time index. */
  seal(): void {
    this.#addTime();
  }

  progress(): IndexProgress {
    return { ...this.#progress, offsetEntries: this.offsets.entries.count, timeEntries: this.times.entries.count };
  }

  /** Writes the entries up to `progress`, and syncs them where asked. */
  async write({ offsetEntries, timeEntries }: IndexProgress, { sync }: { sync: boolean }): Promise<void> {
    await this.offsets.entries.write(offsetEntries);
    await this.times.entries.write(timeEntries);
    if (!sync) return;
    await this.offsets.entries.sync();
    await this.times.entries.sync();
  }

  /** Goes back to an earlier point, from which it grows again. */
  async cutTo(progress: IndexProgress): Promise<void> {
    await this.offsets.entries.cutTo(progress.offsetEntries);
    await this.times.entries.cutTo(progress.timeEntries);
    this.#progress = { ...progress };
  }

  #addTime(): void {
    const { largestTimestampMs, largestTimestampOffset, lastTimeEntryMs } = this.#progress;
    if (largestTimestampMs <= lastTimeEntryMs) return;
    this.times.add({ timestampMs: largestTimestampMs, lastOffset: largestTimestampOffset });
    this.#progress.lastTimeEntryMs = largestTimestampMs;
  }
}
