import type { Clock } from "@millrace/runtime";
import { secondMs } from "@millrace/vocabulary";
import { events } from "../events.ts";
import { sleep } from "../waiting.ts";
import type { DeadLetters } from "./dead-letters.ts";
import { placeOf } from "./decoding.ts";
import { Dispatcher, type Ordering } from "./dispatcher.ts";
import { type HandlerContext, HandlerRun } from "./handler-run.ts";
import { Overdue } from "./overdue.ts";
import type { Item, Source } from "./source.ts";
import type { AnyRecord, Decoder } from "./decoder.ts";

/** What to do with a record whose handler failed. */
export type Decision =
  /** The consumer closes, and `run` rejects with what the handler threw. The record comes again, to whoever has the partition then. */
  | "stop"
  /** It counts as done. */
  | "skip"
  /** It is handled again, after a time that grows with each attempt; what is ordered behind it waits. */
  | "retry"
  | { readonly retryAfterMs: number }
  /** It is sent to another topic as it is, with headers that say where it comes from and why; then it counts as done. */
  | { readonly deadLetter: string };

/** A record whose handler failed. */
export interface HandlerFailure<Each> {
  readonly record: Each;
  /** What the handler threw; HANDLER_TIMED_OUT where it took too long. */
  readonly error: unknown;
  /** 1: the first. */
  readonly attempt: number;
}

export interface RunLoopOptions {
  readonly clock: Clock;
  readonly source: Source;
  readonly decoder: Decoder;
  readonly deadLetters: DeadLetters;
  readonly handle: (record: never, context: HandlerContext) => unknown;
  readonly onError: (failure: HandlerFailure<never>) => Decision | Promise<Decision>;
  readonly concurrency: number;
  readonly ordering: Ordering;
  readonly handlerTimeoutMs: number;
  /** The consumer cannot go on. */
  readonly failed: (error: unknown) => void;
}

/** Records that may wait for their turn, for each that is handled: so many keys may be busy before others wait for them. */
const waitingPerHandler = 16;
/** Handlers that end at once go on for so long before the loop gets to breathe. */
const turnMsMax = 10;
const retryMs = { first: 100, last: 30 * secondMs } as const;

/** Runs a handler for every record, as many at once as may be, in the order that was asked for. */
export class RunLoop {
  readonly #options: RunLoopOptions;
  readonly #dispatcher: Dispatcher<Item>;
  readonly #overdue: Overdue;
  #turnEndMs: number | undefined;
  #isStopped = false;
  readonly #drained: (() => void)[] = [];

  constructor(options: RunLoopOptions) {
    this.#options = options;
    this.#dispatcher = new Dispatcher({ concurrency: options.concurrency, waitingMax: options.concurrency * waitingPerHandler });
    this.#overdue = new Overdue(options.clock, options.handlerTimeoutMs);
  }

  /** There may be something to do. */
  pump(): void {
    if (this.#isStopped) return;
    const { clock } = this.#options;
    if (this.#turnEndMs === undefined) {
      this.#turnEndMs = clock.monotonicMs() + turnMsMax;
      clock.afterTurn(() => {
        const hasMore = clock.monotonicMs() > this.#turnEndMs!;
        this.#turnEndMs = undefined;
        if (hasMore) this.pump();
      });
    }
    while (clock.monotonicMs() <= this.#turnEndMs) {
      if (!this.#fill()) return;
      const turn = this.#dispatcher.next();
      if (turn === undefined) return;
      void this.#handle(turn.item).then((isDone) => this.#settled(turn.item, isDone, turn.settled));
    }
  }

  /** Drops what waits, and resolves when no handler runs any more. */
  drain(): Promise<void> {
    this.#dispatcher.drop(() => true);
    if (this.#dispatcher.running === 0) return Promise.resolve();
    return new Promise((resolve) => void this.#drained.push(resolve));
  }

  /** Starts no more handlers. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Takes what has been fetched, as far as there is room. False where that failed. */
  #fill(): boolean {
    try {
      while (this.#dispatcher.hasRoom) {
        const item = this.#options.source.take();
        if (item === undefined) return true;
        this.#dispatcher.add(laneOf(item, this.#options.ordering), item);
      }
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #settled(item: Item, isDone: boolean, settled: () => void): void {
    const { topic, partition, offset } = placeOf(item);
    if (isDone) this.#options.source.done(topic, partition, offset);
    settled();
    if (this.#dispatcher.running === 0) for (const drained of this.#drained.splice(0)) drained();
    this.pump();
  }

  /** Whether the record is done with. */
  async #handle(item: Item): Promise<boolean> {
    try {
      const record = await this.#options.decoder.decode(item);
      return record === undefined || (await this.#run(item, record));
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** Handles the record until it is done with; false where it is not, and the partition is lost. */
  async #run(item: Item, record: AnyRecord): Promise<boolean> {
    const { clock, handle, onError, deadLetters } = this.#options;
    const { lost } = item.held;
    for (let attempt = 1; ; attempt++) {
      if (lost.hasEnded) return false;
      const run = new HandlerRun(attempt, clock.monotonicMs(), lost);
      this.#overdue.started(run);
      const failure = await run.run((context) => handle(record as never, context));
      this.#overdue.ended(run);
      if (failure === undefined) return true;
      if (lost.hasEnded) return false; // that is why it failed
      if (events.handlerFailed.hasSubscribers) events.handlerFailed.publish({ ...placeOf(item), attempt, error: failure.error });
      const decision = await onError({ record: record as never, error: failure.error, attempt });
      if (decision === "stop") throw failure.error;
      if (decision === "skip") return true;
      if (typeof decision === "object" && "deadLetter" in decision) {
        await deadLetters.send(decision.deadLetter, item, failure.error);
        return true;
      }
      await sleep(clock, decision === "retry" ? retryDelayMs(attempt) : decision.retryAfterMs, lost).catch(() => {}); // seen above
    }
  }

  #fail(error: unknown): void {
    this.stop();
    this.#options.failed(error);
  }
}

function retryDelayMs(attempt: number): number {
  return Math.min(retryMs.last, retryMs.first * 2 ** Math.min(attempt - 1, 20));
}

/** What an ordering keeps in order. Records without a key are in order with nothing. */
function laneOf({ held, stored }: Item, ordering: Ordering): string | undefined {
  if (ordering === "partition") return `${held.topic.name}-${held.partition}`;
  if (ordering === "none" || stored.key === null) return undefined;
  return `${held.topic.name}-${held.partition}-${stored.key.toString("latin1")}`;
}
