import type { Clock, RandomStream } from "@millrace/runtime";
import type { Ending } from "./ending.ts";

/** Resolves after `delayMs`; rejects with the reason of the ending, as soon as there is one. */
export function sleep(clock: Clock, delayMs: number, ending: Ending): Promise<void> {
  return new Promise((resolve, reject) => {
    if (ending.reason !== undefined) return reject(ending.reason);
    const timer = clock.timer(delayMs, () => {
      forget();
      resolve();
    });
    const forget = ending.onEnd((reason) => {
      timer.cancel();
      reject(reason);
    });
  });
}

/** Settles as the promise does, or resolves to `late` after `delayMs`; what the promise comes to then is nobody's. */
export function within<Value, Late>(clock: Clock, delayMs: number, promise: Promise<Value>, late: Late): Promise<Value | Late> {
  return new Promise((resolve, reject) => {
    const timer = clock.timer(delayMs, () => resolve(late));
    promise.finally(() => timer.cancel()).then(resolve, reject);
  });
}

/** The first wait after a failure, and the longest. */
export interface BackoffRange {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** How long to wait after so many failures in a row: twice as long each time, and up to a fifth off, so that clients do not march in step. */
export function backoff(random: RandomStream, { firstMs, lastMs }: BackoffRange): (failures: number) => number {
  return (failures) => {
    const waitMs = Math.min(lastMs, firstMs * 2 ** Math.min(failures, 20));
    return waitMs - random.below(Math.max(1, Math.ceil(waitMs / 5)));
  };
}
