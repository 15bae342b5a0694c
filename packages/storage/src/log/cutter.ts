import { codeOf, type MillraceError, Offset } from "@millrace/vocabulary";
import { type Boundary, boundaryAt, progressAt } from "../segment/progress-at.ts";
import type { Segment, SegmentProgress } from "../segment/segment.ts";
import { damagedFrom, damageError } from "../segment/damage.ts";
import { soundEnd } from "../segment/sound-end.ts";
import { type CutterParts, cutMemory } from "./cut-memory.ts";
import type { Bookmark } from "./hints.ts";
import type { LogState } from "./log-state.ts";
import { lowerHints } from "./lower-hints.ts";
import { producersAsOf } from "./producer-replay.ts";
import { restart } from "./restart.ts";
import { troubled } from "./trouble.ts";

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

  /** What `Log.dropDamage` promises. */
  async dropDamage(): Promise<void> {
    if (this.#state.damagedFrom === undefined) return;
    await this.#whileRefusing(async () => {
      await this.#parts.writer.written(this.#state.nextOffset);
      await this.#parts.writer.exclusively(() => this.#cutDamage());
    });
  }

  /** What `Log.restartAt` promises. */
  async restartAt(offset: Offset): Promise<void> {
    this.#parts.writer.dropQueue();
    await this.#whileRefusing(() => this.#parts.writer.exclusively(() => restart(this.#state, this.#parts, offset)));
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

  /** A log that is half cut cannot go on. Damage is found before anything is cut. */
  #failed(cause: unknown): MillraceError {
    const state = this.#state;
    if (damagedFrom(cause) !== undefined) return troubled(state, cause);
    return state.failure ?? state.around.fail(cause);
  }

  async #cut(to: Offset): Promise<void> {
    const state = this.#state;
    if (to >= state.nextOffset) return;
    const number = state.segments.numberOf(to);
    const segment = state.segments.at(number)!;
    const boundary = await this.#boundaryAt(segment, to);
    await this.#cutAt(segment, boundary);
    state.around.logger.info("log cut", { log: state.name, to: state.logEnd, asked: to, epoch: state.epochs.latestBelow(state.logEnd) });
  }

  /** Looks at all of the segment that is damaged: what was read of it may be no more than a hint where to look. */
  async #cutDamage(): Promise<void> {
    const state = this.#state;
    const { segments, epochs, damagedFrom: from } = state;
    if (from === undefined) return;
    const number = segments.numberOf(from);
    const segment = segments.at(number)!;
    const ceiling = Math.min(segments.endOf(number), state.nextOffset);
    const boundary = await soundEnd(segment, { ceiling, epochOf: (offset) => epochs.epochOf(Offset(offset)) });
    const facts = { log: state.name, from, logEnd: state.logEnd, to: boundary.offset };
    state.damagedFrom = undefined;
    if (boundary.position === segment.sizeBytes) return state.around.logger.warn("log is sound where it seemed damaged", facts);
    if (boundary.offset < state.logStart) await restart(state, this.#parts, state.logStart);
    else await this.#cutAt(segment, boundary);
    state.around.logger.warn("log cut where it is damaged", facts);
  }

  async #cutAt(segment: Segment, boundary: Boundary): Promise<void> {
    const state = this.#state;
    const progress = await this.#progressAt(segment, boundary);
    const end: Bookmark = { offset: Offset(boundary.offset), baseOffset: Offset(segment.baseOffset), progress };
    // From here on a crash finds the log whole or cut, and scans what lies behind the cut.
    await lowerHints(state, end);
    cutMemory(state, this.#parts, end.offset);
    await this.#cutFiles(segment, end);
    state.producers = await producersAsOf(state, end.offset);
  }

  /** What was never written is cut off without a look at what was: rot there is no reason to cut further. */
  async #boundaryAt(segment: Segment, to: Offset): Promise<Boundary> {
    if (to === this.#state.logEnd) return { position: segment.sizeBytes, offset: to };
    try {
      return await boundaryAt(segment, to, { checksums: true });
    } catch (error) {
      if (codeOf(error) !== "DATA_DAMAGED") throw error;
      throw damageError({ path: segment.log.path, from: segment.baseOffset });
    }
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
}

function min(a: Offset, b: Offset): Offset {
  return a < b ? a : b;
}
