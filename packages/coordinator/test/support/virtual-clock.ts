import type { Clock, Timer } from "@millrace/runtime";

interface Deed {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Time that passes when told to. Wall time is 1 January 2026 plus what has passed. */
export class VirtualClock implements Clock {
  nowMs = 0;
  #order = 0;
  #deeds: Deed[] = [];

  monotonicMs(): number {
    return this.nowMs;
  }

  wallMs(): number {
    return 1_767_225_600_000 + this.nowMs;
  }

  timer(delayMs: number, callback: () => void): Timer {
    const deed = { atMs: this.nowMs + Math.max(delayMs, 0), order: this.#order++, callback };
    this.#deeds.push(deed);
    return { cancel: () => void (this.#deeds = this.#deeds.filter((other) => other !== deed)) };
  }

  afterTurn(callback: () => void): void {
    this.timer(0, callback);
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#deeds.length;
  }

  /** Lets time pass, with everything that happens meanwhile; promises settle between any two callbacks. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.nowMs + durationMs;
    await settle();
    for (let next = this.#take(untilMs); next !== undefined; next = this.#take(untilMs)) {
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.callback();
      await settle();
    }
    this.nowMs = untilMs;
  }

  /** Carries out the first callback that waits for this moment. */
  async turn(): Promise<void> {
    this.#take(this.nowMs)?.callback();
    await settle();
  }

  #take(untilMs: number): Deed | undefined {
    this.#deeds.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    return this.#deeds[0] !== undefined && this.#deeds[0].atMs <= untilMs ? this.#deeds.shift() : undefined;
  }
}

/** Lets every promise settle that can. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
