import { MillraceError } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RegisterRequest } from "./support/register-machine.ts";
import { RegisterShard } from "./support/register-shard.ts";

/** More where time is no matter: MILLRACE_MODEL_RUNS=100000. */
const runs = Math.ceil(Number(process.env["MILLRACE_MODEL_RUNS"] ?? 4_000) / 4);

type Action =
  | { readonly type: "write" | "note" | "read" | "park" | "wake" | "refuse" | "loseInAppend" | "hold" | "break" }
  /** So many of the records that are not committed yet become so. */
  | { readonly type: "commit"; readonly records: number }
  /** The next leader has all records, or only those that are committed. */
  | { readonly type: "fail over"; readonly cuts: boolean }
  | { readonly type: "pass"; readonly ms: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constantFrom("write" as const, "note" as const, "read" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom("park" as const, "wake" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("refuse" as const, "loseInAppend" as const, "break" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("hold" as const) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("commit" as const), records: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("fail over" as const), cuts: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("pass" as const), ms: fc.constantFrom(0, 0, 100, 500, 5_000) }) },
);

/** Writers that write 1, 2, 3, … and readers that hold what they are told against each other. */
class Register {
  readonly shard = new RegisterShard();
  /** The greatest value that is known to stand, because a write of it was acknowledged or a read told it. */
  #floor = 0;
  #written = 0;
  /** How often each request has been told something. */
  readonly #told: number[] = [];
  readonly #faults: unknown[] = [];

  async act(taken: Action): Promise<void> {
    const { shard } = this;
    switch (taken.type) {
      case "write":
      case "note":
        return this.#write(taken.type);
      case "read":
      case "park":
      case "wake":
      case "break":
        return this.#read(taken.type);
      case "refuse":
        return shard.refuse();
      case "loseInAppend":
        shard.view.losesInAppend = true;
        return undefined;
      case "hold":
        shard.log.commitsAtOnce = false;
        return undefined;
      case "commit":
        return shard.view.commit(Math.min(shard.log.end, shard.log.highWatermark + taken.records));
      case "fail over":
        return this.#failOver(taken.cuts);
      case "pass":
        return shard.clock.pass(taken.ms);
    }
  }

  /** Lets everything come to its end: whatever was asked has then been told once. */
  async end(): Promise<void> {
    const { shard } = this;
    shard.shard.end(new MillraceError("NOT_COORDINATOR"));
    await shard.clock.pass(0);
    expect(this.#faults).toEqual([]);
    expect(this.#told.filter((times) => times !== 1)).toEqual([]);
  }

  #write(type: "write" | "note"): void {
    const value = ++this.#written;
    this.#ask({ type, values: [value] }, () => this.#raise(value));
  }

  #read(type: "read" | "park" | "wake" | "break"): void {
    const floor = this.#floor;
    this.#ask({ type }, (value) => {
      expect(value).toBeGreaterThanOrEqual(floor);
      expect(value).toBeLessThanOrEqual(this.#written);
      this.#raise(value);
    });
  }

  #ask(request: RegisterRequest, answered: (value: number) => void): void {
    const told = this.#told.length;
    this.#told.push(0);
    const count = () => void this.#told[told]!++;
    this.shard.shard
      .submit<number>(request)
      .then(answered, () => {})
      .then(count, (fault: unknown) => this.#faults.push(fault));
  }

  #raise(value: number): void {
    this.#floor = Math.max(this.#floor, value);
  }

  async #failOver(cuts: boolean): Promise<void> {
    this.shard.lose();
    if (cuts) this.shard.log.cutUncommitted();
    this.shard.lead();
    await this.shard.clock.pass(0);
  }
}

test("whatever happens to the log: what was acknowledged or read is never read as less, nothing is read that was not written, and every request is told once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60, size: "max" }), async (taken) => {
      const register = new Register();
      await register.act({ type: "pass", ms: 0 });
      for (const step of taken) await register.act(step);
      await register.end();
    }),
    { numRuns: runs },
  );
});

/** What may happen to the shard at any point of the work below. */
const misfortunes: readonly Action[][] = [
  [{ type: "refuse" }],
  [{ type: "loseInAppend" }],
  [{ type: "break" }],
  [{ type: "fail over", cuts: true }],
  [{ type: "fail over", cuts: false }],
  [{ type: "hold" }],
  [{ type: "hold" }, { type: "refuse" }],
];

const work: readonly Action[] = [
  { type: "pass", ms: 0 },
  { type: "write" },
  { type: "park" },
  { type: "write" },
  { type: "read" },
  { type: "pass", ms: 0 },
  { type: "wake" },
  { type: "note" },
  { type: "read" },
];

test("the same at every point of a piece of work: before, between and after its requests, once and twice", async () => {
  for (let first = 0; first <= work.length; first++) {
    for (let second = first; second <= work.length; second++) {
      for (const one of misfortunes) {
        for (const other of misfortunes) {
          const register = new Register();
          const taken = [...work.slice(0, first), ...one, ...work.slice(first, second), ...other, ...work.slice(second)];
          for (const step of [...taken, { type: "pass", ms: 1_000 } as const, { type: "read" } as const]) await register.act(step);
          await register.end();
        }
      }
    }
  }
});
