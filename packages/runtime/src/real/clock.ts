import type { Clock, Timer } from "../ports/clock.ts";

/** setTimeout takes no more; what is longer would fire at once. */
const delayMaxMs = 2 ** 31 - 1;

/** The machine's clock and Node's loop. */
export const realClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  timer: (delayMs, callback) => new RealTimer(Math.min(Math.max(delayMs, 0), delayMaxMs), callback),
  afterTurn: (callback) => void setImmediate(callback),
};

/** Node's timers count whole milliseconds of a coarser clock and may come almost one early: this one then waits for the rest. */
class RealTimer implements Timer {
  readonly #dueMs: number;
  readonly #callback: () => void;
  #timeout: NodeJS.Timeout;

  constructor(delayMs: number, callback: () => void) {
    this.#dueMs = performance.now() + delayMs;
    this.#callback = callback;
    this.#timeout = this.#wait(delayMs);
  }

  cancel(): void {
    clearTimeout(this.#timeout);
  }

  #wait(delayMs: number): NodeJS.Timeout {
    return setTimeout(RealTimer.#fire, Math.ceil(delayMs), this).unref();
  }

  static #fire(this: void, timer: RealTimer): void {
    const earlyMs = timer.#dueMs - performance.now();
    if (earlyMs > 0) timer.#timeout = timer.#wait(earlyMs);
    else timer.#callback();
  }
}
