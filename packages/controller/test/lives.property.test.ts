import * as fc from "fast-check";
import { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { type Answer, type LivesEffect, type LivesEvent, stepLives, tickMs, unwatched } from "../src/sessions/lives.ts";
import { uuid } from "./support/world.ts";

const timeoutMs = 2_000;

/** One thing that happens to one of three brokers, and the time until then. */
const happening = fc.record({
  kind: fc.constantFrom("begin", "begin", "hear", "hear", "break", "answer", "answer", "contest", "end", "lead"),
  broker: fc.integer({ min: 1, max: 3 }).map(BrokerId),
  /** Of the answer; another life where it begins. */
  choice: fc.nat(3),
  /** How far back the stream or the dial lies that the event is about. */
  back: fc.nat(2),
  ticks: fc.nat(12),
  stallMs: fc.constantFrom(0, 0, 0, 500, 10_000),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** What is true of a broker, whatever the machine believes. */
interface Truth {
  life: number;
  stream: number | undefined;
  heardMs: number;
  lastDial: number | undefined;
  isFenced: boolean;
}

/** Drives the machine, and holds each effect against what was told to it. */
class Watch {
  readonly #state = unwatched(timeoutMs);
  readonly #truths = new Map<BrokerId, Truth>();
  #streams = 0;
  #nowMs = 0;
  /** Milliseconds in which the machine itself did not run. */
  #stalledMs = 0;

  constructor() {
    this.#step({ type: "led", lives: [] });
  }

  happen(one: Happening): void {
    this.#pass(one);
    const truth = this.#truths.get(one.broker);
    if (one.kind === "begin") return this.#begin(one);
    if (one.kind === "lead") return this.#lead();
    if (truth === undefined) return;
    this.#tell(one, truth);
  }

  /** After the time-out nobody is left of whom nothing was heard. */
  end(): void {
    for (let ticks = 0; ticks <= timeoutMs / tickMs; ticks++) this.#tick(tickMs);
    expect(this.#state.lives.size).toBe(0);
  }

  #pass({ ticks, stallMs }: Happening): void {
    for (let tick = 0; tick < ticks; tick++) this.#tick(tickMs);
    if (stallMs > 0) {
      this.#stalledMs += Math.max(0, stallMs - 2 * tickMs);
      this.#tick(stallMs);
    }
    for (const [broker, { heardMs, isFenced }] of this.#truths)
      if (!isFenced && this.#state.lives.has(broker)) expect(this.#nowMs - this.#stalledMs - heardMs).toBeLessThan(timeoutMs + 2 * tickMs);
  }

  #tick(ms: number): void {
    this.#nowMs += ms;
    this.#step({ type: "ticked" });
  }

  #begin({ broker, choice }: Happening): void {
    const before = this.#truths.get(broker);
    const isSame = before !== undefined && !before.isFenced;
    const life = isSame ? before.life : (before?.life ?? 0) + 1 + choice;
    const stream = ++this.#streams;
    this.#truths.set(broker, { life, stream, heardMs: this.#nowMs - this.#stalledMs, lastDial: undefined, isFenced: false });
    this.#step({ type: "began", stream, ...nameOf(broker, life) });
  }

  #lead(): void {
    this.#step({ type: "resigned" });
    const lives = [...this.#truths].filter(([, { isFenced }]) => !isFenced);
    for (const [, truth] of lives) Object.assign(truth, { stream: undefined, heardMs: this.#nowMs - this.#stalledMs });
    this.#step({ type: "led", lives: lives.map(([broker, { life }]) => nameOf(broker, life)) });
  }

  #tell({ kind, broker, choice, back }: Happening, truth: Truth): void {
    const stream = back === 0 && truth.stream !== undefined ? truth.stream : Math.max(1, this.#streams - 3 - back);
    const isLatest = stream === truth.stream;
    switch (kind) {
      case "hear":
        if (isLatest) truth.heardMs = this.#nowMs - this.#stalledMs;
        return void this.#step({ type: "heard", broker, stream });
      case "break":
        if (isLatest) truth.stream = undefined;
        return void this.#step({ type: "broken", broker, stream });
      case "answer":
        return this.#answer(broker, truth, answers(broker, truth.life)[choice]!, back);
      case "contest":
        return void this.#step({ type: "contested", broker });
      case "end":
        truth.isFenced = true;
        return void this.#step({ type: "ended", broker, epoch: nameOf(broker, truth.life).epoch });
    }
  }

  #answer(broker: BrokerId, truth: Truth, answer: Answer, back: number): void {
    const dial = truth.lastDial === undefined ? 1_000_000 : truth.lastDial - back;
    const before = [...this.#state.lives.values()].map((life) => ({ ...life }));
    const effects = this.#step({ type: "answered", broker, dial, answer });
    if (dial === truth.lastDial) return;
    expect(effects).toEqual([]);
    expect([...this.#state.lives.values()]).toEqual(before);
  }

  #step(event: LivesEvent): LivesEffect[] {
    const effects = stepLives(this.#state, event, this.#nowMs);
    for (const effect of effects) this.#judge(effect);
    return effects;
  }

  #judge(effect: LivesEffect): void {
    const truth = this.#truths.get(effect.broker)!;
    if (effect.type === "dial") truth.lastDial = effect.dial;
    if (effect.type !== "fence") return;
    expect({ epoch: effect.epoch, isFenced: truth.isFenced }).toEqual({ epoch: nameOf(effect.broker, truth.life).epoch, isFenced: false });
    truth.isFenced = true;
    if (effect.cause === "silent") expect(this.#nowMs - this.#stalledMs - truth.heardMs).toBeGreaterThanOrEqual(timeoutMs);
    else expect(truth.stream).toBe(undefined);
  }
}

function nameOf(broker: BrokerId, life: number) {
  return { broker, epoch: BrokerEpoch(life * 10), incarnation: uuid(broker * 1_000 + life) };
}

function answers(broker: BrokerId, life: number): Answer[] {
  return ["refused", "none", { broker, incarnation: nameOf(broker, life).incarnation }, { broker, incarnation: uuid(7) }];
}

test("a broker is fenced only for its present life, never while it is heard in time, always within the time-out and two ticks", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60, size: "max" }), (all) => {
      const watch = new Watch();
      for (const one of all) watch.happen(one);
      watch.end();
    }),
    { numRuns: 2_000 },
  );
});
