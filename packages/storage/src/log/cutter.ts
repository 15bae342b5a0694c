import { codeOf, type MillraceError, Offset } from "@millrace/vocabulary";
import type { KvChange } from "@millrace/runtime";
import { type Boundary, boundaryAt, progressAt } from "../segment/progress-at.ts";
import { Producers } from "../producers/producers.ts";
import { noProgress, type Segment, type SegmentProgress } from "../segment/segment.ts";
import type { SharedMutex } from "../shared-mutex.ts";
import { type Bookmark, marksChange, pointChange, snapshotChange } from "./hints.ts";
import type { LogState } from "./log-state.ts";
import { producersAsOf } from "./producer-replay.ts";
import type { Writer } from "./writer.ts";

/** What a cut has to do with beside the state. */
export interface CutterParts {
  readonly writer: Writer;
  /** Held by whoever changes the segments. */
  readonly structure: SharedMutex;
  /** What readers remember of places in segments is void. */
  readonly forgetPlaces: () => void;
}

/** Makes a log end earlier. While it does, appends are refused. */
export class Cutter {
  readonly #state: LogState;
  readonly #parts: CutterParts;
  #underWay = 0;

  constructor(state: LogState, parts: CutterParts) {
    this.#state = state;
    this.#parts = parts;
  }

  /** What `Log.truncateTo` promises. */
  async truncateTo(to: Offset): Promise<void> {
    const state = this.#state;
    if (to >= state.nextOffset) return;
    if (to < state.logStart) return this.restartAt(to);
    await this.#whileRefusing(async () => {
      await this.#parts.writer.written(state.nextOffset);
      await this.#parts.writer.exclusively(() => this.#cut(min(to, state.logEnd)));
    });
  }

  /** What `Log.restartAt` promises. */
  async restartAt(offset: Offset): Promise<void> {
    this.#parts.writer.dropQueue();
    await this.#whileRefusing(() => this.#parts.writer.exclusively(() => this.#restart(offset)));
  }

  /** Drops what has been given offsets and could not be written, and tells the observer. */
  async dropUnwritten(cause: MillraceError): Promise<void> {
    const state = this.#state;
    if (state.nextOffset === state.logEnd || state.failure !== undefined) return;
    this.#parts.writer.dropQueue();
    await this.#whileRefusing(() => this.#parts.writer.exclusively(() => this.#cut(state.logEnd)));
    if (state.observer?.dropped !== undefined) state.observer.dropped(cause);
    else state.observer?.failed(cause);
  }

  async #whileRefusing(work: () => Promise<void>): Promise<void> {
    const state = this.#state;
    this.#underWay++;
    state.refusal ??= "cutting";
    try {
      await this.#parts.structure.run(async () => {
        if (state.failure !== undefined) throw state.failure;
        await work();
      });
    } catch (cause) {
      throw this.#failed(cause);
    } finally {
      this.#underWay--;
      if (this.#underWay === 0 && state.refusal === "cutting") state.refusal = undefined;
    }
  }

  /** A log that is half cut cannot go on. */
  #failed(cause: unknown): MillraceError {
    const state = this.#state;
    return state.failure ?? state.around.fail(cause);
  }

  async #cut(to: Offset): Promise<void> {
    const state = this.#state;
    if (to >= state.nextOffset) return;
    const number = state.segments.numberOf(to);
    const segment = state.segments.at(number)!;
    const boundary = await this.#boundaryAt(segment, to);
    const progress = await this.#progressAt(segment, boundary);
    const end: Bookmark = { offset: Offset(boundary.offset), baseOffset: Offset(segment.baseOffset), progress };
    // From here on a crash finds the log whole or cut, and scans what lies behind the cut.
    await this.#lowerHints(end);
    this.#cutMemory(end.offset);
    await this.#cutFiles(segment, end);
    state.producers = await producersAsOf(state, end.offset);
    state.around.logger.info("log cut", { log: state.name, to: end.offset, asked: to, epoch: state.epochs.latestBelow(end.offset) });
  }

  /** What was never written is cut off without a look at what was: rot there is no reason to cut further. */
  async #boundaryAt(segment: Segment, to: Offset): Promise<Boundary> {
    if (to === this.#state.logEnd) return { position: segment.sizeBytes, offset: to };
    return boundaryAt(segment, to, { checksums: true });
  }

  /** How far the segment was at the boundary; by indexes that are made anew, where they are damaged. */
  async #progressAt(segment: Segment, boundary: Boundary): Promise<SegmentProgress> {
    try {
      return await progressAt(segment, boundary);
    } catch (error) {
      if (codeOf(error) !== "DATA_DAMAGED") throw error;
      await segment.remakeIndexes(this.#state.settings()["index.interval.bytes"]);
      return progressAt(segment, boundary);
    }
  }

  /** Takes back every hint that speaks of what is about to go. */
  async #lowerHints(end: Bookmark): Promise<void> {
    const state = this.#state;
    await state.writtenPoint.forget();
    const areMarksAhead = state.highWatermark > end.offset || state.cleanedTo > end.offset;
    state.highWatermark = min(state.highWatermark, end.offset);
    state.cleanedTo = min(state.cleanedTo, end.offset);
    if (end.offset < state.recovery.offset) await this.#lowerPoint(end);
    else if (areMarksAhead) await state.around.state.commit([marksChange(state.id, state.marks())]);
  }

  async #lowerPoint(end: Bookmark): Promise<void> {
    const state = this.#state;
    const { id } = state;
    const dropped = state.snapshots.filter((offset) => offset > end.offset);
    const kept = state.snapshots.filter((offset) => offset <= end.offset);
    // A later snapshot is of no use; an earlier one is still right only if nothing had changed since.
    const producersAt = (state.producersAt ?? Infinity) <= end.offset ? state.producersAt : undefined;
    const epochs = state.epochs.starts.filter(({ startOffset }) => startOffset < end.offset);
    // What is left of an index that was synced further, or sealed, is synced.
    const isBehind = end.baseOffset === state.indexed.baseOffset && end.offset >= state.indexed.offset;
    const indexed = isBehind ? state.indexed : end;
    const changes: KvChange[] = [
      pointChange(id, { recovery: end, indexed, epochs, producersAt }),
      marksChange(id, state.marks()),
      ...dropped.map((offset) => snapshotChange(id, offset, undefined)),
    ];
    await state.around.state.commit(changes);
    state.recovery = end;
    state.indexed = indexed;
    state.producersAt = producersAt;
    state.snapshots = kept;
  }

  #cutMemory(end: Offset): void {
    const state = this.#state;
    state.generation++;
    state.nextOffset = end;
    state.logEnd = min(state.logEnd, end);
    state.syncedEnd = min(state.syncedEnd, end);
    state.tail.cutTo(end);
    state.epochs.cutTo(end);
    this.#parts.forgetPlaces();
  }

  async #cutFiles(segment: Segment, end: Bookmark): Promise<void> {
    const state = this.#state;
    const { around } = state;
    const later = state.segments.takeAfter(segment.baseOffset);
    this.#parts.writer.syncer.forget(later);
    // The newest goes first, so that what a crash leaves is a log without its end.
    await around.remover.retire(later.toReversed(), state.settings()["file.delete.delay.ms"]);
    await segment.cutTo(end.progress);
    if (segment.log.exists) await segment.log.use((file) => file.sync());
    await state.entries.sync();
  }

  async #restart(offset: Offset): Promise<void> {
    const state = this.#state;
    const { around, id, entries } = state;
    await state.writtenPoint.forget();
    state.restartingAt = offset;
    await around.state.commit([marksChange(id, state.marks())]);
    this.#cutMemory(state.logStart);
    const fresh = state.newSegment(offset, noProgress);
    const old = state.segments.restart(fresh);
    this.#parts.writer.syncer.forget(old);
    this.#beginAt(offset);
    await around.remover.retire(old, state.settings()["file.delete.delay.ms"]);
    // The file alone keeps the offset, should the hints be lost.
    await fresh.log.use((file) => file.sync());
    await entries.sync();
    await around.root.sync();
    const snapshots = state.snapshots.map((snapshot) => snapshotChange(id, snapshot, undefined));
    state.snapshots = [];
    state.producersAt = -1;
    state.recovery = state.indexed = state.bookmark();
    const point = { recovery: state.recovery, indexed: state.indexed, epochs: [], producersAt: -1 };
    state.restartingAt = undefined;
    await around.state.commit([marksChange(id, state.marks()), pointChange(id, point), ...snapshots]);
    around.logger.info("log restarted", { log: state.name, at: offset });
    state.observer?.logStartMoved();
  }

  #beginAt(offset: Offset): void {
    const state = this.#state;
    state.generation++;
    state.logStart = state.logEnd = state.nextOffset = state.syncedEnd = offset;
    state.highWatermark = state.cleanedTo = offset;
    state.epochs.clear();
    state.producers = new Producers();
  }
}

function min(a: Offset, b: Offset): Offset {
  return a < b ? a : b;
}
