import type { Clock, Logger, Timer } from "@millrace/runtime";
import { codeOf } from "@millrace/vocabulary";

/** Something that is done again and again. */
export interface RecurringJob {
  readonly name: string;
  /** From the end of one round to the beginning of the next; read before each. */
  readonly intervalMs: () => number;
  readonly run: () => Promise<void>;
  /** Whether there is nothing to do: no round comes then before `wake`. */
  readonly isIdle?: () => boolean;
}

/** Does a job at intervals, one round at a time. A round that fails is logged, and the next one comes. */
export class Recurring {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #job: RecurringJob;
  #timer: Timer | undefined;
  #round: Promise<void> | undefined;
  #isAskedAgain = false;
  #isStopped = false;

  constructor(clock: Clock, logger: Logger, job: RecurringJob) {
    this.#clock = clock;
    this.#logger = logger;
    this.#job = job;
    this.#wait();
  }

  /** There is something to do again: a round comes after the interval. */
  wake(): void {
    if (this.#timer === undefined && this.#round === undefined && !this.#isStopped) this.#wait();
  }

  /** Begins a round now; another behind the one under way. */
  now(): void {
    if (this.#isStopped) return;
    if (this.#round !== undefined) {
      this.#isAskedAgain = true;
      return;
    }
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#round = this.#run();
  }

  /** Begins no more rounds, and waits for the one under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#round;
  }

  #wait(): void {
    if (this.#job.isIdle?.()) return;
    this.#timer = this.#clock.timer(this.#job.intervalMs(), () => this.now());
  }

  async #run(): Promise<void> {
    const { name, run } = this.#job;
    do {
      this.#isAskedAgain = false;
      await run().catch((error) => this.#logger.error("background work failed", { work: name, code: codeOf(error), error }));
    } while (this.#isAskedAgain && !this.#isStopped);
    this.#round = undefined;
    if (!this.#isStopped) this.#wait();
  }
}
