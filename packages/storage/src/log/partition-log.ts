import { type LeaderEpoch, type MillraceError, Offset, type ProducerId, type TopicId } from "@millrace/vocabulary";
import type {
  AbortedTransaction,
  Appended,
  AppendOptions,
  Log,
  LogObserver,
  LogRead,
  ProducerDescription,
  ReadOptions,
  TimestampedOffset,
} from "../log-contract.ts";
import { swapIn } from "../compaction/swap.ts";
import { Mutex } from "../mutex.ts";
import type { Segment } from "../segment/segment.ts";
import { SharedMutex } from "../shared-mutex.ts";
import { abortedTransactions } from "./aborted-transactions.ts";
import { Appender } from "./appender.ts";
import { Cutter } from "./cutter.ts";
import { DiskReader } from "./disk-reader.ts";
import { beginFlush, finishFlush, type FlushOptions } from "./flush.ts";
import { marksChange } from "./hints.ts";
import type { LogState } from "./log-state.ts";
import { noteWritten } from "./note-written.ts";
import { deleteOldSegments, deletePassedSegments } from "./old-segments.ts";
import type { OpenedLog } from "./open-log.ts";
import { outOfRange, steadily } from "./steadily.ts";
import { findMaxTimestamp, findTimestamp } from "./timestamps.ts";
import { troubled } from "./trouble.ts";
import { Writer } from "./writer.ts";

/**
 * The log of one partition: what its parts do together.
 *
 *     append ─ Appender ─ Writer ─ Syncer          the way in
 *                  └── Tail
 *     read ──── Tail, else DiskReader              the way out
 *     Cutter, old segments, compaction             alone, under `structure`
 *     flush, written point                         beside one another, under `structure`
 */
export class PartitionLog implements Log {
  readonly state: LogState;
  readonly writer: Writer;
  /** Held by whoever changes the segments; shared by whoever notes a point that recovery begins at. */
  readonly structure: SharedMutex = new SharedMutex();
  readonly #flushes = new Mutex();
  readonly #notes = new Mutex();
  readonly #appender: Appender;
  readonly #reader: DiskReader;
  readonly #cutter: Cutter;

  constructor({ state, unsynced }: OpenedLog) {
    this.state = state;
    this.writer = new Writer(state);
    this.#appender = new Appender(state, this.writer);
    this.#reader = new DiskReader(state);
    this.#cutter = new Cutter(state, { writer: this.writer, structure: this.structure, forgetPlaces: () => this.#reader.forget() });
    for (const segment of unsynced) this.writer.syncer.wrote(segment);
  }

  get topicId(): TopicId {
    return this.state.id.topicId;
  }

  get partition(): number {
    return this.state.id.partition;
  }

  get logStart(): Offset {
    return this.state.logStart;
  }

  get logEnd(): Offset {
    return this.state.logEnd;
  }

  get nextOffset(): Offset {
    return this.state.nextOffset;
  }

  get syncedEnd(): Offset {
    return this.state.syncedEnd;
  }

  get firstOpenTransactionOffset(): Offset | undefined {
    return this.state.producers.transactions.firstOffset;
  }

  get latestEpoch(): LeaderEpoch | undefined {
    return this.state.epochs.latestBelow(this.state.logEnd);
  }

  get sizeBytes(): number {
    return this.state.segments.sizeBytes;
  }

  get failure(): MillraceError | undefined {
    return this.state.failure ?? this.state.around.failure();
  }

  get lostRecords(): boolean {
    return this.state.lostRecords;
  }

  get damagedFrom(): Offset | undefined {
    return this.state.damagedFrom;
  }

  get highWatermarkHint(): Offset {
    return this.state.highWatermark;
  }

  observe(observer: LogObserver): void {
    this.state.observer = observer;
  }

  append(batch: Buffer, options: AppendOptions): Appended {
    return this.#appender.append(batch, options);
  }

  appendReplicated(batches: Buffer): Appended {
    return this.#appender.appendReplicated(batches);
  }

  read(from: Offset, options: ReadOptions): LogRead | Promise<LogRead> {
    const { logStart, logEnd, tail } = this.state;
    const { upTo } = options;
    if (from < logStart || from > upTo || upTo > logEnd) return Promise.reject(outOfRange(this.state, from, upTo));
    if (from === upTo) return { parts: [], bytes: 0, pinnedBytes: 0, nextOffset: from };
    return tail.read(from, options) ?? this.#reader.read(from, options);
  }

  async abortedTransactions(from: Offset, to: Offset): Promise<AbortedTransaction[]> {
    return this.#reading(() => abortedTransactions(this.state, from, to));
  }

  async offsetForTimestamp(timestampMs: number, upTo: Offset): Promise<TimestampedOffset | undefined> {
    return this.#reading(() => findTimestamp(this.state, timestampMs, upTo));
  }

  async offsetOfMaxTimestamp(upTo: Offset): Promise<TimestampedOffset | undefined> {
    return this.#reading(() => findMaxTimestamp(this.state, upTo));
  }

  endOffsetForEpoch(epoch: LeaderEpoch): { epoch: LeaderEpoch; endOffset: Offset } | undefined {
    return this.state.epochs.endOf(epoch, this.state.logEnd);
  }

  epochOfOffset(offset: Offset): LeaderEpoch | undefined {
    return this.state.epochs.epochOf(offset);
  }

  beginEpoch(epoch: LeaderEpoch): void {
    this.state.epochs.assign(epoch, this.state.nextOffset);
  }

  truncateTo(to: Offset): Promise<void> {
    return this.#cutter.truncateTo(to);
  }

  restartAt(offset: Offset): Promise<void> {
    return this.#cutter.restartAt(offset);
  }

  dropDamage(): Promise<void> {
    return this.#cutter.dropDamage();
  }

  async deleteRecordsBefore(offset: Offset): Promise<void> {
    const { state } = this;
    const start = Math.min(offset, state.highWatermark);
    const hasMoved = start > state.logStart;
    if (hasMoved) {
      state.logStart = Offset(start);
      state.tail.dropBefore(state.logStart);
      state.epochs.cutBefore(state.logStart);
    }
    // Also where nothing moves: an earlier call may not be durable yet.
    await this.#maintain(async () => {
      // A log that a power cut took as a whole would begin at 0 again.
      await this.writer.syncer.sync();
      await state.around.state.commit([marksChange(state.id, state.marks())]);
      if (hasMoved) state.observer?.logStartMoved();
      await deletePassedSegments(state, this.writer);
    });
  }

  sync(): Promise<void> {
    return this.writer.syncer.sync();
  }

  highWatermarkIs(offset: Offset): void {
    if (offset === this.state.highWatermark) return;
    this.state.highWatermark = offset;
    this.state.producers.transactions.settleBelow(offset);
    this.state.around.marked(this.state);
  }

  producers(): ProducerDescription[] {
    return this.state.producers.describe();
  }

  knowsProducer(producerId: ProducerId): boolean {
    return this.state.producers.all.has(producerId);
  }

  /** Moves the recovery point up to what has been appended. The structure is free while the disk syncs, which may take long. */
  flush(options: FlushOptions): Promise<void> {
    return this.#flushes.run(async () => {
      const moment = await this.#note(() => beginFlush(this.state, this.writer, options));
      if (moment === undefined) return;
      await this.writer.syncer.sync();
      await this.#note(() => finishFlush(this.state, moment, options));
    });
  }

  /** Moves the written point up to what has been appended. */
  noteWritten(): Promise<void> {
    return this.#notes.run(() => this.#note(() => noteWritten(this.state, this.writer)));
  }

  /** Deletes the segments that may go by age, size or log start. */
  deleteOldSegments(): Promise<void> {
    return this.#maintain(() => deleteOldSegments(this.state, { appender: this.#appender, writer: this.writer }));
  }

  /** Puts a compacted segment in the place of its sources; `check` throws where that must not be any more. */
  replaceSegments(sources: readonly Segment[], by: Segment, check: () => void): Promise<void> {
    return this.#maintain(async () => {
      check();
      await swapIn(this.state, sources, by);
      this.#reader.forget();
      // Memory still holds what was compacted away, and would serve it as long as the log is quiet.
      const { tail, segments } = this.state;
      tail.dropBefore(Offset(segments.endOf(segments.all.indexOf(by))));
    });
  }

  /** The disk is full: what could not be written is dropped. */
  dropUnwritten(cause: MillraceError): Promise<void> {
    return this.#cutter.dropUnwritten(cause);
  }

  /** Takes no more appends. What has been appended is still written, unless the log is removed. */
  refuseAppends(reason: "closed" | "removed"): void {
    this.state.refusal = reason;
    if (reason === "removed") this.writer.dropQueue();
  }

  /** Waits for what is under way, and lets go of memory and descriptors. */
  async close(): Promise<void> {
    const { state, writer } = this;
    await this.structure.run(() =>
      writer.exclusively(async () => {
        state.tail.clear();
        this.#reader.forget();
        for (const segment of state.segments.all) await segment.close();
        await state.writtenPoint.close();
      }),
    );
  }

  /** Changes the segments, unless the log is gone. */
  #maintain(work: () => Promise<void>): Promise<void> {
    return this.structure.run(() => this.#unlessGone(work));
  }

  /** Notes a point that recovery begins at, unless the log is gone. */
  #note<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.structure.share(() => this.#unlessGone(work));
  }

  async #unlessGone<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.state.refusal === "removed") return undefined;
    if (this.failure !== undefined) throw this.failure;
    try {
      return await work();
    } catch (cause) {
      throw troubled(this.state, cause);
    }
  }

  async #reading<Result>(read: () => Promise<Result>): Promise<Result> {
    try {
      return await steadily(this.state, read);
    } catch (error) {
      throw troubled(this.state, error);
    }
  }
}
