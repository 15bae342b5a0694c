import { strict as assert } from "node:assert";
import { dayMs } from "@millrace/vocabulary";
import type { Clock } from "../ports/clock.ts";
import { type Claim, elapse, gate, type InWorld } from "./claims.ts";

export interface ClockWorld {
  readonly clock: Clock;
}

const yearMs = 365 * dayMs;

/** What the Clock port promises. */
export function clockSuite(claim: Claim, inWorld: InWorld<ClockWorld>): void {
  const claimIn = (sentence: string, prove: (world: ClockWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a timer comes when its delay has passed on the monotonic clock, never earlier", async ({ clock }) => {
    for (const delayMs of [0, 0.3, 1, 2.5, 7, 20]) {
      const from = clock.monotonicMs();
      await elapse(clock, delayMs);
      const passedMs = clock.monotonicMs() - from;
      assert.ok(passedMs >= delayMs, `${delayMs} ms came after ${passedMs} ms`);
    }
  });

  claimIn("timers come in the order of their moments, those of one delay in the order in which they were asked for", async ({ clock }) => {
    const came: string[] = [];
    const all = gate();
    const note = (name: string) => () => void (came.push(name) === 5 && all.open());
    for (const [delayMs, name] of [
      [40, "e"],
      [20, "c"],
      [0, "a"],
      [20, "d"],
      [0, "b"],
    ] as const)
      clock.timer(delayMs, note(name));
    await all.opened;
    assert.deepEqual(came, ["a", "b", "c", "d", "e"]);
  });

  claimIn("a cancelled timer does not come, and cancelling one that came does nothing", async ({ clock }) => {
    let calls = 0;
    const cancelled = clock.timer(5, () => calls++);
    cancelled.cancel();
    cancelled.cancel();
    const came = gate();
    const timer = clock.timer(10, () => {
      timer.cancel();
      came.open();
    });
    await came.opened;
    timer.cancel();
    assert.equal(calls, 0);
  });

  claimIn("a delay below 0 is 0, and one past 2^31 - 1 ms is not 0", async ({ clock }) => {
    const never = [2 ** 31, 2 ** 53, Infinity].map((delayMs) => clock.timer(delayMs, () => assert.fail(`${delayMs} ms passed`)));
    await elapse(clock, -1);
    await elapse(clock, 5);
    for (const timer of never) timer.cancel();
  });

  claimIn("afterTurn comes in turns of their own, in order, after the promises of the turn before", async ({ clock }) => {
    const came: string[] = [];
    const all = gate();
    for (const name of ["a", "b"]) {
      clock.afterTurn(() => {
        came.push(name);
        void Promise.resolve()
          .then(() => came.push(`${name} promised`))
          .then(() => came.push(`${name} promised again`));
        if (name === "a") clock.afterTurn(() => all.open());
      });
    }
    void Promise.resolve().then(() => came.push("this turn"));
    came.push("now");
    await all.opened;
    assert.deepEqual(came, ["now", "this turn", "a", "a promised", "a promised again", "b", "b promised", "b promised again"]);
  });

  claimIn("the monotonic clock never goes back, and the wall clock counts whole milliseconds", async ({ clock }) => {
    let last = clock.monotonicMs();
    for (let reading = 0; reading < 1000; reading++) {
      const now = clock.monotonicMs();
      assert.ok(now >= last);
      last = now;
    }
    const wallMs = clock.wallMs();
    assert.ok(Number.isInteger(wallMs) && wallMs > 50 * yearMs && wallMs < 200 * yearMs, `${wallMs} ms since 1970`);
  });
}
