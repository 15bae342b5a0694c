import type { Clock, Task, Timer } from "@millrace/runtime";
import { type SimulatedLine, type SimulatedWorld, simulatedWorld } from "@millrace/runtime/simulated";
import { EventHash } from "./event-hash.ts";
import { Marks } from "./marks.ts";
import type { RunPlan } from "./plan.ts";
import type { Failure, Verdict } from "./verdict.ts";
import { holds, Violation } from "./violation.ts";

export interface SimulateOptions {
  /** Takes every line that a process logs. */
  readonly log?: (line: SimulatedLine) => void;
}

export interface RunParts extends SimulateOptions {
  readonly plan: RunPlan;
  /** Called after each event, when all is at rest: what it throws ends the run. */
  readonly afterEvent: () => void;
  /** What `Work` can run. */
  readonly tasks?: readonly Task[];
}

/** Between two looks at what is waited for, in virtual time. */
const lookMs = 100;

/** What a run of every kind of cluster has: a world, what is looked at and done between its events, and one failure at most. */
export class Run {
  readonly world: SimulatedWorld;
  readonly marks: Marks = new Marks();
  readonly hash: EventHash = new EventHash();
  /** How many operations clients have begun. */
  operations = 0;
  readonly #parts: RunParts;
  readonly #clock: Clock;
  #failure: { readonly error: unknown } | undefined;
  readonly #lasting = new Set<() => void>();
  #areFaultsOver = false;
  /** What is to happen between two events, by the number of the event. */
  readonly #armed = new Map<number, (() => void)[]>();

  constructor(parts: RunParts) {
    const { plan, log, tasks = [] } = parts;
    this.#parts = parts;
    this.world = simulatedWorld(plan.seed, plan.world, { tasks, atRest: () => this.#atRest(), ...(log && { log }) });
    this.#clock = this.world.process("conductor").clock;
  }

  /** Calls back in virtual time, on a machine that nothing happens to. */
  readonly later = (delayMs: number, act: () => void): Timer => this.#clock.timer(delayMs, () => this.guarded(act));

  /** Calls back between two events, so many events from now: at any await, and between any two operations on a disk. */
  readonly afterEvents = (events: number, act: () => void): void => {
    const event = this.world.events + events;
    this.#armed.set(event, [...(this.#armed.get(event) ?? []), act]);
  };

  /** Ends the run: with a Violation, or with something that nobody expected. */
  readonly fail = (error: unknown): void => void (this.#failure ??= { error });

  /** Acts; what that throws ends the run. */
  guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Takes back in virtual time what a fault has done, or when faults are over, if that is before. */
  readonly lasting = (delayMs: number, takeBack: () => void): void => {
    const takeBackOnce = () => {
      if (this.#lasting.delete(takeBackOnce)) takeBack();
    };
    this.#lasting.add(takeBackOnce);
    this.later(delayMs, takeBackOnce);
  };

  /** Faults are over: what lasts is taken back, and nothing happens between two events any more. */
  endFaults(): void {
    this.#armed.clear();
    this.#areFaultsOver = true;
    for (const takeBack of this.#lasting) takeBack();
  }

  readonly areFaultsOver = (): boolean => this.#areFaultsOver;

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Lets time pass until something is so, looking now and then. Rejects with a violation of the property where that takes longer. */
  async until(isSo: () => boolean, withinMs: number, property: "L1" | "L2" | "L3"): Promise<void> {
    const untilMs = this.world.nowMs + withinMs;
    while (!isSo() && this.world.nowMs < untilMs) {
      await this.world.run(this.world.nowMs + lookMs);
      this.throwFailure();
    }
    holds(isSo(), property, { withinMs });
  }

  /** What became of the run that `act` is. Never rejects. */
  async verdictOf(act: () => Promise<void>): Promise<Verdict> {
    let failure: Failure | undefined;
    try {
      await act();
      this.throwFailure();
    } catch (error) {
      failure = this.#failureOf(this.#failure?.error ?? error);
    }
    return this.#verdict(failure);
  }

  #atRest(): void {
    this.throwFailure();
    this.#parts.afterEvent();
    if (this.#armed.size === 0) return;
    const due = this.#armed.get(this.world.events);
    this.#armed.delete(this.world.events);
    for (const act of due ?? []) act();
  }

  #failureOf(error: unknown): Failure {
    const property = error instanceof Violation ? error.property : "bug";
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { property, step: this.world.events, atMs: this.world.nowMs, text };
  }

  #verdict(failure: Failure | undefined): Verdict {
    const { world, hash, marks, operations } = this;
    const { seed, cluster } = this.#parts.plan;
    hash.noteNumber(world.fingerprint);
    hash.noteNumber(world.events);
    return { seed, cluster, failure, events: world.events, operations, virtualMs: world.nowMs, hash: hash.text, marks };
  }
}
