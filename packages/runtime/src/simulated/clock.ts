import { assert } from "@millrace/vocabulary";
import type { Clock, Timer } from "../ports/clock.ts";
import type { Life } from "./life.ts";

/** Begins on 1 January 2026, so that timestamps look like timestamps. */
const epochMs = 1_767_225_600_000;
const delayMaxMs = 2 ** 31 - 1;

/** How far a machine's wall clock is off; moved by whoever lets it jump. */
export interface WallClock {
  skewMs: number;
}

/** Virtual time, as one process sees it. */
export class SimulatedClock implements Clock {
  readonly #life: Life;
  readonly #wall: WallClock;

  constructor(life: Life, wall: WallClock) {
    this.#life = life;
    this.#wall = wall;
  }

  monotonicMs(): number {
    return this.#life.nowUs / 1000;
  }

  wallMs(): number {
    return epochMs + Math.floor(this.#life.nowUs / 1000) + this.#wall.skewMs;
  }

  timer(delayMs: number, callback: () => void): Timer {
    assert(!Number.isNaN(delayMs), "a delay is a number");
    const delayUs = Math.ceil(Math.min(Math.max(delayMs, 0), delayMaxMs) * 1000);
    const deed = this.#life.timer(delayUs, callback);
    return { cancel: () => deed !== undefined && this.#life.cancel(deed) };
  }

  afterTurn(callback: () => void): void {
    this.#life.after(0, callback);
  }
}
