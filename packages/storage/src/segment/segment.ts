import { BatchView } from "@millrace/records";
import { int32Max, type TopicSettings } from "@millrace/vocabulary";
import { segmentFileName, type SegmentFileKind } from "../names.ts";
import type { DirectoryEntries } from "./directory-entries.ts";
import type { OpenFiles } from "./open-files.ts";
import { StoredFile } from "./stored-file.ts";
import { hasTimestamp } from "./progress-at.ts";
import { scanBatches } from "./scan.ts";
import { type IndexProgress, noIndexProgress, SegmentIndexes } from "./segment-indexes.ts";
import type { TimedBatch } from "./time-index.ts";
import { TransactionIndex } from "./transaction-index.ts";

/**
 * A gap in the offsets larger than this, which only a leader's compaction can make, begins another segment, since offsets in a
 * segment are told in 31 bits. Without such a gap a segment begins where the one before it ends.
 */
export const gapInSegmentMax: number = 2 ** 30;

/** How far a segment is: everything that must be known to go on writing it and its indexes. */
export interface SegmentProgress extends IndexProgress {
  readonly sizeBytes: number;
  readonly transactionEntries: number;
}

export const noProgress: SegmentProgress = { ...noIndexProgress, sizeBytes: 0, transactionEntries: 0 };

/** Where a segment lies, which of its files are there, when it began by the local clock, and the chance that it was dealt. */
export interface SegmentPlace {
  readonly entries: DirectoryEntries;
  readonly baseOffset: number;
  readonly present: ReadonlySet<SegmentFileKind>;
  readonly createdMs: number;
  /** How much of `segment.jitter.ms` it is rolled earlier, in [0, 1). */
  readonly jitterShare: number;
  /** Behind the names of its files, while they are not part of the log. */
  readonly ending?: string;
}

/**
 * A run of batches in one file, with its indexes. The last segment of a log is active: it is appended to. The others are
 * sealed and change no more, but that compaction puts another in their place.
 */
export class Segment {
  readonly baseOffset: number;
  readonly place: SegmentPlace;
  /** Bytes that are written; nothing behind them is read. Moved by completed writes and by truncation. */
  sizeBytes: number;
  /** Where the next batch goes: ahead of `sizeBytes` by what is being written. */
  nextPosition: number;
  isSealed: boolean;
  readonly #files: OpenFiles;
  readonly #known: SegmentProgress | undefined;
  readonly #opened: Partial<Record<SegmentFileKind, StoredFile>> = {};
  #indexes: SegmentIndexes | undefined;
  #transactions: TransactionIndex | undefined;
  #largest: TimedBatch | undefined;
  #repair: Promise<void> | undefined;

  /** @param progress of a segment that will be written to; of a sealed one its size alone */
  constructor(files: OpenFiles, place: SegmentPlace, progress: SegmentProgress | { readonly sizeBytes: number }) {
    this.#files = files;
    this.place = place;
    this.baseOffset = place.baseOffset;
    this.#known = "offsetEntries" in progress ? progress : undefined;
    this.isSealed = this.#known === undefined;
    this.sizeBytes = progress.sizeBytes;
    this.nextPosition = progress.sizeBytes;
  }

  get log(): StoredFile {
    return this.file("log");
  }

  get indexes(): SegmentIndexes {
    return (this.#indexes ??= this.#openIndexes(this.#known));
  }

  get transactions(): TransactionIndex {
    return (this.#transactions ??= new TransactionIndex(this.file("txnindex"), this.#known?.transactionEntries));
  }

  /** One of its files. */
  file(kind: SegmentFileKind): StoredFile {
    const { entries, present, ending = "" } = this.place;
    const name = `${segmentFileName(this.baseOffset, kind)}${ending}`;
    return (this.#opened[kind] ??= new StoredFile(this.#files, entries, name, present.has(kind)));
  }

  /** Whether its indexes are in their files alone, where they may be missing: it was sealed before this life of the process. */
  get isFromBefore(): boolean {
    return this.#known === undefined;
  }

  /** Whether the offset can be told relative to the segment. */
  covers(lastOffset: number): boolean {
    return lastOffset - this.baseOffset <= int32Max;
  }

  /** How old the segment may become before it is rolled; younger in a compacted topic, whose records must not wait in it. */
  ageMsMax(settings: TopicSettings): number {
    const isCompacted = settings["cleanup.policy"].includes("compact");
    const ageMs = Math.min(settings["segment.ms"], isCompacted ? settings["max.compaction.lag.ms"] : Infinity);
    return ageMs - Math.min(settings["segment.jitter.ms"], ageMs) * this.place.jitterShare;
  }

  /** Gives a batch the next place in the segment. */
  note(batch: BatchView, indexIntervalBytes: number): void {
    this.indexes.note(batch, this.nextPosition, indexIntervalBytes);
    this.nextPosition += batch.sizeBytes;
  }

  /** As `note`, for batches that follow one another. */
  noteAll(batches: Buffer, indexIntervalBytes: number): void {
    for (const view = new BatchView(batches); view.start < batches.length; view.moveTo(view.start + view.sizeBytes))
      this.note(view, indexIntervalBytes);
  }

  /** The segment gets no more batches. */
  seal(): void {
    this.indexes.seal();
    this.isSealed = true;
  }

  /**
   * The greatest timestamp of its batches, and the last offset of the first batch that has it; undefined: none has one. What is
   * read from an index is held against the batch, since by it records are deleted.
   */
  async largestTimestamp(intervalBytes: number): Promise<TimedBatch | undefined> {
    const { largestTimestampMs: timestampMs, largestTimestampOffset: lastOffset } = this.indexes;
    if (timestampMs >= 0) return { timestampMs, lastOffset };
    if (!this.isFromBefore || this.sizeBytes === 0) return undefined;
    return (this.#largest ??= await this.#readLargest(intervalBytes));
  }

  async #readLargest(intervalBytes: number): Promise<TimedBatch | undefined> {
    const last = await this.indexes.times.last();
    if (last !== undefined && (await hasTimestamp(this, last))) return last;
    await this.repairIndexes(intervalBytes);
    return this.indexes.times.last();
  }

  /** How far the segment is with everything that has been given a place in it, written or not. */
  progress(): SegmentProgress {
    const isUntouched = this.#indexes === undefined && this.#transactions === undefined;
    if (isUntouched && this.#known?.sizeBytes === this.nextPosition) return this.#known;
    const transactionEntries = this.transactions.entries.count;
    return { ...this.indexes.progress(), sizeBytes: this.nextPosition, transactionEntries };
  }

  /** Writes the index entries of everything up to `progress`; the batches must have been written before. */
  async writeIndexes(progress: SegmentProgress, options: { sync: boolean }): Promise<void> {
    await this.indexes.write(progress, options);
    await this.transactions.write(progress.transactionEntries);
  }

  /** Goes back to an earlier point, and is active again. Resolves when the files are cut; that a power cut cannot undo it takes a sync. */
  async cutTo(progress: SegmentProgress): Promise<void> {
    this.nextPosition = progress.sizeBytes;
    this.sizeBytes = progress.sizeBytes;
    this.isSealed = false;
    await this.indexes.cutTo(progress);
    await this.transactions.entries.cutTo(progress.transactionEntries);
    if (this.log.exists) await this.log.use((file) => file.truncate(progress.sizeBytes));
  }

  /**
   * An index has named a batch that is not there: makes both anew by a walk through the batches, once; whoever is misled again has
   * met damage in the log itself. An active segment is left alone, since its indexes are being written.
   */
  async repairIndexes(intervalBytes: number): Promise<void> {
    const isWhole = this.isSealed && this.sizeBytes === this.nextPosition;
    if (isWhole) await (this.#repair ??= this.remakeIndexes(intervalBytes));
  }

  /** Makes both indexes anew by a walk through the batches. Of an active segment nothing must be under way. */
  async remakeIndexes(intervalBytes: number): Promise<void> {
    const fresh = this.#openIndexes(noIndexProgress);
    let expected = this.baseOffset;
    let isInOrder = true;
    const { fault } = await scanBatches(this.log, { from: 0, to: this.sizeBytes, checksums: false }, (batch, position) => {
      isInOrder = batch.baseOffset >= expected && this.covers(batch.lastOffset);
      if (isInOrder) fresh.note(batch, position, intervalBytes);
      expected = batch.nextOffset;
      return isInOrder;
    });
    // A log that is damaged itself keeps the index that it has.
    if (fault !== undefined || !isInOrder) return;
    if (this.isSealed) fresh.seal();
    await fresh.write(fresh.progress(), { sync: this.isSealed });
    this.#indexes = fresh;
  }

  /** Closes its files; each is opened again when used. */
  async close(): Promise<void> {
    for (const file of Object.values(this.#opened)) {
      file.letGo();
      await file.close();
    }
  }

  #openIndexes(progress: IndexProgress | undefined): SegmentIndexes {
    return new SegmentIndexes({ offsets: this.file("index"), times: this.file("timeindex") }, this.baseOffset, progress);
  }
}
