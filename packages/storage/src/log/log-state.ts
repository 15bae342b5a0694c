import { assert, type MillraceError, Offset, type TopicPartition, type TopicSettings } from "@millrace/vocabulary";
import type { LogObserver } from "../log-contract.ts";
import { logDirectoryName } from "../names.ts";
import { Producers } from "../producers/producers.ts";
import type { DirectoryEntries } from "../segment/directory-entries.ts";
import { Segment, type SegmentProgress } from "../segment/segment.ts";
import type { Segments } from "../segment/segments.ts";
import { Tail } from "../tail/tail.ts";
import { EpochCache } from "./epoch-cache.ts";
import type { Bookmark, Marks } from "./hints.ts";
import type { LogSurroundings } from "./surroundings.ts";
import { WrittenPointFile } from "./written-point.ts";

/** How finely chance spreads the rolling of segments. */
const jitterSteps = 2 ** 16;

/** Why appends are refused for now, beside a failure. */
export type Refusal = "cutting" | "closed" | "removed";

/** Which log it is, and where. */
export interface LogOrigin {
  readonly id: TopicPartition;
  readonly settings: () => TopicSettings;
  readonly around: LogSurroundings;
  readonly entries: DirectoryEntries;
}

/**
 * What one log knows of itself. Offsets in it always stand so:
 *
 *     logStart ≤ recovery.offset ≤ syncedEnd ≤ logEnd ≤ nextOffset
 *
 * but that the log start may pass the recovery point until the next flush. The appender moves `nextOffset`, the writer `logEnd` and
 * `syncedEnd`, the flusher the bookmarks; only a cut moves any of them back.
 */
export class LogState {
  readonly id: TopicPartition;
  readonly settings: () => TopicSettings;
  readonly around: LogSurroundings;
  /** Of the log's directory. */
  readonly entries: DirectoryEntries;
  readonly tail: Tail;
  readonly writtenPoint: WrittenPointFile;
  segments: Segments;
  producers: Producers = new Producers();
  epochs: EpochCache = new EpochCache();
  logStart: Offset = Offset(0);
  logEnd: Offset = Offset(0);
  nextOffset: Offset = Offset(0);
  syncedEnd: Offset = Offset(0);
  highWatermark: Offset = Offset(0);
  cleanedTo: Offset = Offset(0);
  recovery: Bookmark;
  indexed: Bookmark;
  /** The offset of the snapshot that holds the producers as of the recovery point; -1: there were none; undefined: it is lost. */
  producersAt: number | undefined = -1;
  /** Offsets of the snapshots that the store holds, ascending. */
  snapshots: number[] = [];
  /** Bytes given a place and bytes written in this life, and what of them lies below the recovery point. */
  placedBytes = 0;
  writtenBytes = 0;
  flushedBytes = 0;
  /** What of the bytes given a place lies below the written point, and how large that point's producers are. */
  notedBytes = 0;
  notedPointBytes = 0;
  /** Rises with each cut: what was begun before it and ends after it is dropped. */
  generation = 0;
  refusal: Refusal | undefined;
  /** Where the log begins anew, while everything before is being dropped. */
  restartingAt: Offset | undefined;
  failure: MillraceError | undefined;
  lostRecords = false;
  /** The first offset that a damaged batch may hold; undefined: none is known. */
  damagedFrom: Offset | undefined;
  observer: LogObserver | undefined;

  constructor({ id, settings, around, entries }: LogOrigin, segments: Segments) {
    this.id = id;
    this.settings = settings;
    this.around = around;
    this.entries = entries;
    this.segments = segments;
    this.tail = new Tail(around.tails, () => this.logEnd);
    this.writtenPoint = new WrittenPointFile(around.files, entries, around.pageCacheId);
    this.recovery = this.bookmark();
    this.indexed = this.recovery;
  }

  /** `topic id-partition`, as log lines name it. */
  get name(): string {
    return logDirectoryName(this.id);
  }

  /** How far the log is with everything that has been given an offset. */
  bookmark(): Bookmark {
    const { active } = this.segments;
    return { offset: this.nextOffset, baseOffset: Offset(active.baseOffset), progress: active.progress() };
  }

  /** Bytes past the recovery point. */
  get dirtyBytes(): number {
    return Math.max(0, this.writtenBytes - this.flushedBytes);
  }

  /** Bytes past both the recovery point and the written point: what a start after a crash of the process has to read. */
  get unnotedBytes(): number {
    return Math.max(0, this.writtenBytes - Math.max(this.flushedBytes, this.notedBytes));
  }

  marks(): Marks {
    const at = this.restartingAt;
    if (at !== undefined) return { logStart: at, highWatermark: at, cleanedTo: at, isRestarting: true };
    const { logStart, highWatermark, cleanedTo } = this;
    return { logStart, highWatermark, cleanedTo, isRestarting: false };
  }

  /** A segment that is not on the disk yet. */
  newSegment(baseOffset: Offset, progress: SegmentProgress): Segment {
    const { files, clock, random } = this.around;
    const birth = { createdMs: clock.wallMs(), jitterShare: random.below(jitterSteps) / jitterSteps };
    return new Segment(files, { entries: this.entries, baseOffset, present: new Set(), ...birth }, progress);
  }

  /** A batch at or past `from` is not what was written. */
  damaged(from: Offset, error: MillraceError): void {
    const lowest = Offset(Math.max(from, this.logStart));
    if (this.damagedFrom !== undefined && this.damagedFrom <= lowest) return;
    this.damagedFrom = lowest;
    this.around.logger.error("log damaged", { log: this.name, from: lowest, error });
    this.observer?.damaged?.(error);
  }

  /** Stops the log for good, and says so once. */
  fail(error: MillraceError): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.observer?.failed(error);
  }

  checkOrder(): void {
    assert(this.syncedEnd <= this.logEnd && this.logEnd <= this.nextOffset, "synced, written and given offsets stand in this order", {
      syncedEnd: this.syncedEnd,
      logEnd: this.logEnd,
      nextOffset: this.nextOffset,
    });
  }
}
