import type { Clock, Timer } from "@millrace/runtime";
import { MillraceError, secondMs } from "@millrace/vocabulary";
import { within } from "../waiting.ts";
import type { AnyRecord, Decoder } from "./decoder.ts";
import { placeOf } from "./decoding.ts";
import type { Source } from "./source.ts";

export interface IterationOptions {
  readonly clock: Clock;
  readonly source: Source;
  readonly decoder: Decoder;
  /** A record may be worked on for so long before the next one is asked for. */
  readonly handlerTimeoutMs: number;
  /** The loop was left. */
  readonly left: () => Promise<void>;
  /** The consumer cannot go on. */
  readonly failed: (error: unknown) => void;
  /** Resolves when the consumer has closed, to why, if that is to be thrown. */
  readonly closed: () => Promise<{ readonly error: unknown } | undefined>;
}

/** The loop's body is waited for so long when partitions are given back: it may be what closes the consumer. */
const bodyTimeoutMs: number = 5 * secondMs;

/** Hands records out one by one, for a loop. */
export class Iteration implements AsyncIterator<AnyRecord> {
  readonly #options: IterationOptions;
  #wake: () => void = () => {};
  #overdue: Timer | undefined;
  /** Tells who waits for it that the loop's body has ended; undefined: it does not run. */
  #endBody: (() => void) | undefined;
  #bodyEnded: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(options: IterationOptions) {
    this.#options = options;
  }

  /** There may be something to hand out. */
  pump(): void {
    this.#wake();
  }

  /** Hands out no more: the loop ends. */
  stop(): void {
    this.#isOver = true;
    this.#overdue?.cancel();
    this.#wake();
  }

  /** Resolves when the loop's body does not run, or has run for too long. */
  async drain(): Promise<void> {
    await within(this.#options.clock, bodyTimeoutMs, this.#bodyEnded, undefined);
  }

  async next(): Promise<IteratorResult<AnyRecord, undefined>> {
    this.#bodyHasEnded();
    const record = await this.#nextRecord();
    if (record !== undefined) return this.#beginBody(record);
    const failure = await this.#options.closed();
    if (failure !== undefined) throw failure.error;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<AnyRecord, undefined>> {
    this.#bodyHasEnded();
    this.stop();
    await this.#options.left();
    return { done: true, value: undefined };
  }

  /** Undefined: there will be none. */
  async #nextRecord(): Promise<AnyRecord | undefined> {
    try {
      while (!this.#isOver) {
        const item = this.#options.source.take();
        if (item === undefined) {
          await new Promise<void>((resolve) => void (this.#wake = resolve));
          continue;
        }
        const record = await this.#options.decoder.decode(item);
        if (record !== undefined) return record;
        const { topic, partition, offset } = placeOf(item);
        this.#options.source.done(topic, partition, offset);
      }
    } catch (error) {
      this.stop();
      this.#options.failed(error);
    }
    return undefined;
  }

  #beginBody(record: AnyRecord): IteratorResult<AnyRecord, undefined> {
    this.#bodyEnded = new Promise((resolve) => void (this.#endBody = resolve));
    this.#overdue = this.#options.clock.timer(this.#options.handlerTimeoutMs, () => this.#expire());
    return { done: false, value: record };
  }

  #bodyHasEnded(): void {
    this.#overdue?.cancel();
    this.#endBody?.();
    this.#endBody = undefined;
  }

  /** The loop has not come back for so long that the group had better go on without it. */
  #expire(): void {
    this.#options.failed(new MillraceError("HANDLER_TIMED_OUT", { handlerTimeoutMs: this.#options.handlerTimeoutMs }));
  }
}
