import type { Clock } from "@millrace/runtime";

/** Steps within one turn of the loop: a few milliseconds. */
const stepsPerTurn = 16_384;

/** Gives the loop away now and then, in work of many small steps. */
export class Turns {
  readonly #clock: Clock;
  #steps = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts steps; a promise where the loop should have its turn now. */
  count(steps = 1): Promise<void> | undefined {
    this.#steps += steps;
    if (this.#steps < stepsPerTurn) return undefined;
    this.#steps = 0;
    return new Promise((resolve) => this.#clock.afterTurn(resolve));
  }
}
