import type { Clock } from "@millrace/runtime";
import { clock } from "./world.ts";

/** Counts work by the turn of the event loop in which it is done. */
export class CountingClock implements Clock {
  readonly monotonicMs = clock.monotonicMs;
  readonly wallMs = clock.wallMs;
  readonly timer = clock.timer;
  #inTurn = 0;
  /** The most work of one turn. */
  most = 0;
  turns = 0;

  afterTurn(callback: () => void): void {
    clock.afterTurn(() => {
      this.#inTurn = 0;
      this.turns++;
      callback();
    });
  }

  worked(): void {
    this.most = Math.max(this.most, ++this.#inTurn);
  }

  /** The values, each counted when it is taken. */
  *counted<Value>(values: Iterable<Value>): Generator<Value> {
    for (const value of values) {
      this.worked();
      yield value;
    }
  }
}
