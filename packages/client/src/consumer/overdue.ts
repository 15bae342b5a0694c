import type { Clock, Timer } from "@millrace/runtime";
import type { HandlerRun } from "./handler-run.ts";

/** Ends runs of handlers that take too long, with one timer for all of them. */
export class Overdue {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  /** In the order of their starts. */
  readonly #runs = new Set<HandlerRun>();
  #timer: Timer | undefined;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  started(run: HandlerRun): void {
    this.#runs.add(run);
    if (this.#timer === undefined) this.#timer = this.#clock.timer(this.#timeoutMs, () => this.#look());
  }

  ended(run: HandlerRun): void {
    this.#runs.delete(run);
  }

  #look(): void {
    this.#timer = undefined;
    const nowMs = this.#clock.monotonicMs();
    for (const run of this.#runs) {
      const dueMs = run.startedMs + this.#timeoutMs;
      if (dueMs > nowMs) {
        this.#timer = this.#clock.timer(dueMs - nowMs, () => this.#look());
        return;
      }
      this.#runs.delete(run);
      run.expire(this.#timeoutMs);
    }
  }
}
