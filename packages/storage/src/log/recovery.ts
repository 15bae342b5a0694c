import type { BatchView } from "@millrace/records";
import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import { writeAgain } from "../directory/failed-sync.ts";
import type { Producers } from "../producers/producers.ts";
import { decodeProducers } from "../producers/snapshot.ts";
import { scanBatches } from "../segment/scan.ts";
import { gapInSegmentMax, noProgress, Segment } from "../segment/segment.ts";
import { Turns } from "../turns.ts";
import type { FoundSegment } from "./found-segments.ts";
import { type Evidence, stateAtPoint } from "./found-state.ts";
import { type Marks, pointChange } from "./hints.ts";
import type { LogOrigin, LogState } from "./log-state.ts";
import { producersAsOf } from "./producer-replay.ts";

/** Reads what lies behind the recovery point of a log, or behind its written point, takes what is right, and cuts off the rest. */
export class Recovery {
  readonly state: LogState;
  /** Segments with writes that may not be synced. */
  readonly unsynced: Segment[] = [];
  readonly #evidence: Evidence;
  /** What lies at or behind the recovery point. */
  readonly #scanned: readonly FoundSegment[];
  #hasBroken = false;

  constructor(origin: LogOrigin, evidence: Evidence) {
    this.#evidence = evidence;
    this.state = stateAtPoint(origin, evidence);
    const { baseOffset: start } = this.state.segments.active;
    this.#scanned = evidence.found.filter(({ baseOffset }) => baseOffset >= start);
  }

  async run(): Promise<void> {
    const { state } = this;
    const { lastStop, mustWriteAgain } = state.around;
    if (lastStop === "lossy" || mustWriteAgain) await this.#indexUpToRecoveryPoint();
    this.#noteUnsynced();
    state.producers = await this.#producersAtStart();
    await this.#scanAll();
    this.#finish(this.#evidence.hints.marks);
  }

  /** What lies between the recovery point and the written point. */
  #noteUnsynced(): void {
    const { segments, recovery } = this.state;
    if (this.#evidence.written !== undefined) this.unsynced.push(...segments.all.slice(segments.numberOf(recovery.baseOffset)));
  }

  async #producersAtStart(): Promise<Producers> {
    const { state } = this;
    const { written } = this.#evidence;
    if (written === undefined) return producersAsOf(state, state.recovery.offset);
    const producers = await decodeProducers(written.producers, new Turns(state.around.clock));
    producers.transactions.settleBelow(state.highWatermark);
    return producers;
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
    // Kept at once: a crash of the process alone must find what the recovery point says.
    await segment.writeIndexes(segment.progress(), { sync: false });
    state.recovery = { ...recovery, progress: segment.progress() };
    const { epochs, producersAt } = state;
    const point = { recovery: state.recovery, indexed, epochs: epochs.starts, producersAt };
    await state.around.state.commit([pointChange(state.id, point)]);
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
    if (state.around.mustWriteAgain) await segment.log.use((file) => writeAgain(file, { from, to: segment.sizeBytes }));
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
    await state.entries.sync();
  }

  #finish(marks: Marks | undefined): void {
    const { state } = this;
    state.logEnd = state.nextOffset;
    state.writtenBytes = state.placedBytes;
    state.logStart = Offset(Math.max(marks?.logStart ?? 0, state.segments.first.baseOffset));
    const highWatermarkHint = marks?.highWatermark ?? 0;
    state.lostRecords = (this.#hasBroken && state.around.lastStop !== "lossy") || state.logEnd < highWatermarkHint || this.#isShort();
    state.highWatermark = Offset(Math.max(state.logStart, Math.min(highWatermarkHint, state.logEnd)));
    state.producers.transactions.settleBelow(state.highWatermark);
    if (state.lostRecords) state.around.logger.error("records lost", { log: state.name, logEnd: state.logEnd, highWatermarkHint });
  }

  /** Whether the log ends before what the hints say was synced. */
  #isShort(): boolean {
    return this.state.logEnd < (this.#evidence.hints.point?.recovery.offset ?? 0);
  }
}
