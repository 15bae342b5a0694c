import type { BatchView } from "@millrace/records";
import { LeaderEpoch, Offset, type TopicPartition, type TopicSettings } from "@millrace/vocabulary";
import { logDirectoryName } from "../names.ts";
import { scanBatches } from "../segment/scan.ts";
import { gapInSegmentMax, noProgress, Segment, type SegmentPlace, type SegmentProgress } from "../segment/segment.ts";
import { Segments } from "../segment/segments.ts";
import { EpochCache } from "./epoch-cache.ts";
import { findSegments, type FoundSegment, usablePoint } from "./found-segments.ts";
import { type LogHints, type Marks, type Point, readHints } from "./hints.ts";
import { LogState } from "./log-state.ts";
import { createLog, restartLog } from "./new-log.ts";
import { producersAsOf } from "./producer-replay.ts";
import type { LogSurroundings } from "./surroundings.ts";

/** A log as it was found, and the segments with writes that may not be synced. */
export interface OpenedLog {
  readonly state: LogState;
  readonly unsynced: readonly Segment[];
  /**
   * Whether everything was read, for want of hints. The log must be flushed before it is appended to: without a recovery point a
   * segment that a power cut takes would look like a gap that compaction left.
   */
  readonly isRebuilt: boolean;
}

/**
 * Opens the log of a partition as its last life left it, or makes one. What lies behind the recovery point is read and
 * checked, and cut off where it is broken; what lies before it is believed.
 */
export async function openLog(
  id: TopicPartition,
  settings: () => TopicSettings,
  around: LogSurroundings,
  exists: boolean,
): Promise<OpenedLog> {
  const hints = readHints(around.state, id, (key, error) => around.logger.warn("hints damaged", { key, error }));
  if (!exists) return createLog(id, settings, around, hints);
  const directory = `${around.root}/${logDirectoryName(id)}`;
  const found = await findSegments(around, directory);
  if (hints.marks?.isRestarting) return restartLog(id, settings, around, { hints, found, at: hints.marks.logStart });
  const point = usablePoint(hints, found, around.wasLossy);
  if (found.length === 0 && point === undefined) return createLog(id, settings, around, hints);
  const recovery = new Recovery(id, settings, around, { hints, found, point });
  await recovery.run();
  const { state, unsynced } = recovery;
  // Records below the log start are gone for good; a log that ends there has nothing left and begins anew behind them.
  if (hints.marks !== undefined && state.logEnd < hints.marks.logStart)
    return restartLog(id, settings, around, { hints, found: await findSegments(around, directory), at: hints.marks.logStart });
  return { state, unsynced, isRebuilt: point === undefined };
}

interface Evidence {
  readonly hints: LogHints;
  readonly found: readonly FoundSegment[];
  /** Undefined: the hints are of no use, and everything is read. */
  readonly point: Point | undefined;
}

class Recovery {
  readonly state: LogState;
  readonly unsynced: Segment[] = [];
  readonly #evidence: Evidence;
  readonly #scanned: readonly FoundSegment[];
  #hasBroken = false;

  constructor(id: TopicPartition, settings: () => TopicSettings, around: LogSurroundings, evidence: Evidence) {
    const { found, point, hints } = evidence;
    this.#evidence = evidence;
    const start = point?.recovery ?? { offset: Offset(found[0]!.baseOffset), baseOffset: found[0]!.baseOffset, progress: noProgress };
    const place = (segment: FoundSegment | undefined): SegmentPlace => ({
      directory: `${around.root}/${logDirectoryName(id)}`,
      baseOffset: segment?.baseOffset ?? start.baseOffset,
      present: segment?.present ?? new Set(),
      createdMs: around.clock.wallMs(),
      jitterShare: 0,
    });
    const open = (segment: FoundSegment | undefined, progress: SegmentProgress | { sizeBytes: number }) =>
      new Segment(around.files, place(segment), progress);
    const sealed = found.filter(({ baseOffset }) => baseOffset < start.baseOffset);
    const current = found.find(({ baseOffset }) => baseOffset === start.baseOffset);
    const segments = [...sealed.map((segment) => open(segment, { sizeBytes: segment.fileBytes })), open(current, start.progress)];
    this.state = new LogState(id, settings, around, new Segments(segments));
    this.#scanned = found.filter(({ baseOffset }) => baseOffset >= start.baseOffset);
    this.#restoreHints(hints, point, start.offset);
  }

  #restoreHints({ marks, snapshots }: LogHints, point: Point | undefined, offset: Offset): void {
    const { state } = this;
    state.nextOffset = state.logEnd = state.syncedEnd = offset;
    state.recovery = point?.recovery ?? state.bookmark();
    state.indexed = point?.indexed ?? state.recovery;
    state.epochs = new EpochCache(point?.epochs);
    state.producersAt = point === undefined ? undefined : point.producersAt;
    state.snapshots = point === undefined ? [] : [...snapshots];
    state.highWatermark = marks?.highWatermark ?? Offset(0);
    state.cleanedTo = marks?.cleanedTo ?? Offset(0);
  }

  async run(): Promise<void> {
    const { state } = this;
    if (state.around.wasLossy) await this.#indexUpToRecoveryPoint();
    state.producers = await producersAsOf(state, state.recovery.offset);
    await this.#scanAll();
    this.#finish(this.#evidence.hints.marks);
  }

  /** A power cut may have taken index entries below the recovery point. */
  async #indexUpToRecoveryPoint(): Promise<void> {
    const { state } = this;
    const { recovery, indexed, segments } = state;
    if (indexed.offset === recovery.offset) return;
    const { transactionEntries, sizeBytes } = recovery.progress;
    const segment = new Segment(state.around.files, segments.active.place, { ...indexed.progress, transactionEntries });
    segments.restartActive(segment);
    const interval = state.settings()["index.interval.bytes"];
    const range = { from: indexed.progress.sizeBytes, to: sizeBytes, checksums: false };
    await scanBatches(segment.log, range, (batch) => segment.note(batch, interval));
    segment.sizeBytes = segment.nextPosition = sizeBytes;
    // Written at once: a crash of the process alone must find what the recovery point says.
    await segment.writeIndexes(segment.progress(), { sync: false });
  }

  async #scanAll(): Promise<void> {
    for (const [index, found] of this.#scanned.entries()) {
      const isBegun = found.baseOffset === this.state.segments.active.baseOffset;
      if (!isBegun && !(await this.#goesOnWith(found))) return this.#drop(this.#scanned.slice(index));
      if (!(await this.#scan(this.state.segments.active, found))) {
        this.#hasBroken ||= this.#scanned.slice(index + 1).some(({ fileBytes }) => fileBytes > 0);
        return this.#drop(this.#scanned.slice(index + 1));
      }
    }
  }

  /** Begins the next segment where it continues the log; one that does not was left behind by a cut. */
  async #goesOnWith(found: FoundSegment): Promise<boolean> {
    const { state } = this;
    const gap = found.baseOffset - state.nextOffset;
    // Below the recovery point compaction may have left gaps; behind it nothing but a large one can be.
    const isRight = gap === 0 || gap > gapInSegmentMax || (gap > 0 && this.#evidence.point === undefined);
    if (!isRight) return false;
    const before = state.segments.active;
    before.seal();
    await before.writeIndexes(before.progress(), { sync: false });
    const place = { ...before.place, baseOffset: found.baseOffset, present: found.present };
    state.segments.push(new Segment(state.around.files, place, noProgress));
    state.nextOffset = Offset(found.baseOffset);
    return true;
  }

  /** Reads a segment to its end, and cuts it where it is no longer right. False: it was cut. */
  async #scan(segment: Segment, { fileBytes }: FoundSegment): Promise<boolean> {
    const { state } = this;
    const from = segment.nextPosition;
    if (from === fileBytes) return true;
    let isOutOfOrder = false;
    const { fault } = await scanBatches(segment.log, { from, to: fileBytes, checksums: true }, (batch) => {
      isOutOfOrder = !this.#continues(batch);
      if (!isOutOfOrder) this.#take(segment, batch);
      return !isOutOfOrder;
    });
    segment.sizeBytes = segment.nextPosition;
    this.unsynced.push(segment);
    if (fault === undefined && !isOutOfOrder) return true;
    this.#hasBroken ||= fault === "broken" || isOutOfOrder;
    // Synced at once: what another power cut brought back behind new records could pass for their successors.
    await segment.log.use(async (file) => {
      await file.truncate(segment.sizeBytes);
      await file.sync();
    });
    const facts = { log: state.name, at: state.nextOffset, droppedBytes: fileBytes - segment.sizeBytes };
    state.around.logger.warn("log cut at its end", { ...facts, fault: fault ?? "out of order" });
    return false;
  }

  #continues(batch: BatchView): boolean {
    return batch.baseOffset >= this.state.nextOffset && batch.leaderEpoch >= (this.state.epochs.latestBelow(this.state.nextOffset) ?? -1);
  }

  #take(segment: Segment, batch: BatchView): void {
    const { state } = this;
    segment.note(batch, state.settings()["index.interval.bytes"]);
    state.epochs.assign(LeaderEpoch(batch.leaderEpoch), batch.baseOffset);
    const ended = state.producers.apply(batch, state.around.clock.wallMs());
    if (ended?.isAbort) segment.transactions.add(ended);
    state.nextOffset = batch.nextOffset;
    state.placedBytes += batch.sizeBytes;
  }

  async #drop(found: readonly FoundSegment[]): Promise<void> {
    const { state } = this;
    const { place } = state.segments.active;
    const dropped = found.map(
      ({ baseOffset, present, fileBytes }) => new Segment(state.around.files, { ...place, baseOffset, present }, { sizeBytes: fileBytes }),
    );
    if (dropped.length === 0) return;
    state.around.logger.warn("segments behind the log end dropped", { log: state.name, segments: dropped.length });
    await state.around.remover.retire(dropped.toReversed(), 0);
    await state.around.disk.syncDirectory(state.directory);
  }

  #finish(marks: Marks | undefined): void {
    const { state } = this;
    state.logEnd = state.nextOffset;
    state.writtenBytes = state.placedBytes;
    state.logStart = Offset(Math.max(marks?.logStart ?? 0, state.segments.first.baseOffset));
    const highWatermarkHint = marks?.highWatermark ?? 0;
    state.lostRecords = (this.#hasBroken && !state.around.wasLossy) || state.logEnd < highWatermarkHint || this.#isShort();
    state.highWatermark = Offset(Math.max(state.logStart, Math.min(highWatermarkHint, state.logEnd)));
    state.producers.transactions.settleBelow(state.highWatermark);
    if (state.lostRecords) state.around.logger.error("records lost", { log: state.name, logEnd: state.logEnd, highWatermarkHint });
  }

  /** Whether the log ends before what the hints say was synced. */
  #isShort(): boolean {
    return this.state.logEnd < (this.#evidence.hints.point?.recovery.offset ?? 0);
  }
}
