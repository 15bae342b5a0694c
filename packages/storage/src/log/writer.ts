import type { Offset } from "@millrace/vocabulary";
import type { Segment } from "../segment/segment.ts";
import type { LogState } from "./log-state.ts";
import { troubled } from "./trouble.ts";
import { Syncer } from "./syncer.ts";

/** Batches that follow one another in one segment, to be written at once. */
interface Run {
  readonly segment: Segment;
  readonly buffers: Buffer[];
  bytes: number;
  /** The log end once they are written. */
  end: Offset;
}

/** One write takes no more than this: a larger one would hold back the acknowledgement of what it begins with. */
const runBytesMax: number = 8 * 2 ** 20;

/**
 * Writes what is appended: everything of one turn in one write, one write under way at a time; what comes meanwhile gathers
 * for the next. The log end moves when a write has completed, and never before.
 */
export class Writer {
  readonly #state: LogState;
  readonly syncer: Syncer;
  #queue: Run[] = [];
  #isWriting = false;
  #isTurnAsked = false;
  #barriers = 0;
  /** Who waits for an offset to be written, ascending. */
  #waiting: { offset: Offset; resolve: (isWritten: boolean) => void }[] = [];
  #whenIdle: (() => void)[] = [];

  constructor(state: LogState) {
    this.#state = state;
    this.syncer = new Syncer(state);
  }

  /** Takes a batch that goes behind everything taken before. */
  enqueue(segment: Segment, bytes: Buffer, end: Offset): void {
    const last = this.#queue.at(-1);
    if (last !== undefined && last.segment === segment && last.bytes + bytes.length <= runBytesMax) {
      last.buffers.push(bytes);
      last.bytes += bytes.length;
      last.end = end;
    } else this.#queue.push({ segment, buffers: [bytes], bytes: bytes.length, end });
    if (this.#isWriting || this.#isTurnAsked) return;
    this.#isTurnAsked = true;
    this.#state.around.clock.afterTurn(this.#turn);
  }

  readonly #turn = (): void => {
    this.#isTurnAsked = false;
    this.#writeNext();
  };

  #writeNext(): void {
    if (this.#isWriting || this.#barriers > 0) return;
    // After a failure the segments do not say any more where the next batch goes.
    if (this.#state.failure !== undefined) return this.dropQueue();
    const run = this.#queue.shift();
    if (run === undefined) return;
    this.#isWriting = true;
    const { segment, buffers } = run;
    const { generation } = this.#state;
    segment.log.hold();
    segment.log
      .use((file) => file.write(buffers, segment.sizeBytes))
      .then(
        () => this.#written(run, generation),
        (error) => this.#failed(error),
      );
  }

  #written(run: Run, generation: number): void {
    const state = this.#state;
    this.#isWriting = false;
    if (generation === state.generation && state.failure === undefined) {
      run.segment.sizeBytes += run.bytes;
      state.logEnd = run.end;
      state.checkOrder();
      state.writtenBytes += run.bytes;
      this.syncer.wrote(run.segment);
      state.tail.dropUnread();
      state.around.tails.evict();
      state.around.dirtied(state);
      this.#syncIfAsked();
      this.#release(this.#queue.length === 0);
      state.observer?.written();
    }
    this.#settleIdle();
    this.#writeNext();
  }

  /** `flush.messages`: so many records are synced at the latest, if nobody asks before. */
  #syncIfAsked(): void {
    const { logEnd, syncedEnd, settings } = this.#state;
    if (logEnd - syncedEnd >= settings()["flush.messages"]) this.syncer.sync().catch(() => undefined);
  }

  #failed(cause: unknown): void {
    const state = this.#state;
    this.#isWriting = false;
    // The files of a log that is being removed may go at any time.
    const error = state.refusal === "removed" ? undefined : troubled(state, cause);
    this.dropQueue();
    this.#settleIdle();
    // A full disk makes every log drop what it has not written, a failed one all the more; anything else this one alone.
    const isAlone = error !== undefined && !state.around.isFull() && state.around.failure() === undefined;
    if (isAlone) state.around.dropUnwritten(state, error);
  }

  /** Drops what is not yet being written. */
  dropQueue(): void {
    this.#queue = [];
    if (!this.#isWriting) this.#release(true);
  }

  /** Resolves when everything below `offset` is written: to false when it has been dropped. */
  written(offset: Offset): Promise<boolean> {
    if (this.#state.logEnd >= offset) return Promise.resolve(true);
    if (!this.#isWriting && this.#queue.length === 0) return Promise.resolve(false);
    return new Promise((resolve) => this.#waiting.push({ offset, resolve }));
  }

  /** Does something while neither a write nor a sync is under way, and none begins. */
  async exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#barriers++;
    try {
      if (this.#isWriting) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
      return await this.syncer.exclusively(work);
    } finally {
      this.#barriers--;
      this.#writeNext();
    }
  }

  /** Tells those who wait for what is written now; all of them where nothing more will be. */
  #release(isOver = false): void {
    if (this.#waiting.length === 0) return;
    const { logEnd } = this.#state;
    const done = this.#waiting.filter(({ offset }) => isOver || offset <= logEnd);
    this.#waiting = this.#waiting.filter(({ offset }) => !isOver && offset > logEnd);
    for (const { offset, resolve } of done) resolve(offset <= logEnd);
  }

  #settleIdle(): void {
    const settled = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of settled) resolve();
  }
}
