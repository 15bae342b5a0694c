import { assert } from "@millrace/vocabulary";
import type { Task } from "../ports/work.ts";
import type { Runtime } from "../runtime.ts";
import { Agenda } from "./agenda.ts";
import { Chance } from "./chance.ts";
import {
  calm,
  changedMachine,
  type DiskOperation,
  type FaultChanges,
  type MachineFaultChanges,
  type NetworkFaults,
  type Span,
} from "./faults.ts";
import { Driver } from "./driver.ts";
import type { CrashCause } from "./life.ts";
import type { SimulatedLine } from "./logger.ts";
import { Machine } from "./machine.ts";
import { Network } from "./network.ts";
import type { Platter } from "./platter.ts";

export interface WorldOptions {
  /** What `Work` can run. */
  readonly tasks?: readonly Task[];
  /** Takes every line that is logged. */
  readonly log?: (line: SimulatedLine) => void;
  /**
   * Called before each event, when all is at rest: for whoever checks what must always hold, or lets a process crash between two events.
   * What it throws rejects the drive.
   */
  readonly atRest?: () => void;
}

/** Makes a world that follows from its seed, from these faults and from what the processes in it do. */
export function simulatedWorld(seed: number, faults: FaultChanges = {}, options: WorldOptions = {}): SimulatedWorld {
  return new SimulatedWorld(seed, faults, options);
}

/**
 * Machines with one process each, a network between them, and time, which passes only while the world is driven. Each event has a
 * turn of the real loop of its own, after which nothing is left to run; so two runs of one seed are alike, event by event.
 */
export class SimulatedWorld {
  readonly seed: number;
  readonly #agenda = new Agenda();
  readonly #network: Network;
  readonly #machines = new Map<string, Machine>();
  readonly #faults: FaultChanges;
  readonly #options: WorldOptions;
  readonly #driver: Driver;

  constructor(seed: number, faults: FaultChanges, options: WorldOptions) {
    this.seed = seed;
    this.#faults = faults;
    this.#options = options;
    this.#driver = new Driver(this.#agenda, options.atRest);
    const isDown = (machine: string) => this.#machines.get(machine)?.hasPower === false;
    this.#network = new Network(this.#agenda, (name) => new Chance(seed, name), isDown, { ...calm.network, ...faults.network });
  }

  /** Virtual milliseconds since the world began. */
  get nowMs(): number {
    return this.#agenda.nowUs / 1000;
  }

  /** How many events there were. */
  get events(): number {
    return this.#driver.events;
  }

  /** Sums up when each event was and in which order: equal for two runs that were alike. */
  get fingerprint(): number {
    return this.#driver.fingerprint;
  }

  /** The runtime of the process of this name, which is its machine's name and host too; starts it when it was never started. */
  process(name: string): Runtime {
    const machine = this.#machines.get(name);
    if (machine === undefined) return this.#build(name).start();
    assert(machine.runtime !== undefined, "a process that crashed is restarted before it is used", { name });
    return machine.runtime;
  }

  /**
   * Ends a process at once: nothing that its runtime promised settles any more. `killed` leaves everything written in the page
   * cache; `power cut` leaves of what was not synced a part, and peers hear nothing until it is back.
   */
  crash(name: string, cause: CrashCause = "killed"): void {
    this.#machine(name).crash(cause);
    if (cause === "power cut") this.#network.powerCut(name);
  }

  /** Starts a process again, on what its disk holds; after a power cut, with another boot id. */
  restart(name: string): Runtime {
    const runtime = this.#machine(name).start();
    this.#network.powerBack(name);
    return runtime;
  }

  /** Stops a process as SIGSTOP does: whatever comes for it waits, its timers too, until it is resumed or crashes. */
  pause(name: string): void {
    this.#machine(name).pause();
  }

  /** Lets a paused process go on: what waited for it comes at once, in its order. */
  resume(name: string): void {
    this.#machine(name).resume();
  }

  /** A machine's disk, taken out of the hands of its processes. */
  platter(name: string): Platter {
    return this.#machine(name).platter;
  }

  /** Changes how a machine behaves, from now on. */
  change(name: string, faults: MachineFaultChanges): void {
    this.#machine(name).change(faults);
  }

  /** Lets the next operation of this kind on a machine's disk fail, once; called again, the one after it too. */
  failNext(name: string, operation: DiskOperation, errno = "EIO"): void {
    this.#machine(name).failNext(operation, errno);
  }

  /** Takes back what was told to fail and has not failed yet. */
  forgetFailures(name: string): void {
    this.#machine(name).forgetFailures();
  }

  /** Lets a machine's wall clock jump, either way. */
  jumpWallClock(name: string, byMs: number): void {
    this.#machine(name).jumpWallClock(byMs);
  }

  /** Changes how the network behaves, from now on. */
  changeNetwork(faults: Partial<NetworkFaults>): void {
    this.#network.faults = { ...this.#network.faults, ...faults };
  }

  /** Lets nothing pass from one machine to another. What is sent meanwhile waits, as TCP's retransmissions do. */
  cut(from: string, to: string): void {
    this.#network.cut(from, to);
  }

  /** Lets everything pass again. */
  heal(from: string, to: string): void {
    this.#network.heal(from, to);
  }

  /** Cuts each machine of one side off from each of the other, both ways. */
  partition(side: readonly string[], otherSide: readonly string[]): void {
    for (const [a, b] of pairs(side, otherSide)) {
      this.cut(a, b);
      this.cut(b, a);
    }
  }

  /** Takes a partition back. */
  reunite(side: readonly string[], otherSide: readonly string[]): void {
    for (const [a, b] of pairs(side, otherSide)) {
      this.heal(a, b);
      this.heal(b, a);
    }
  }

  /** Lets a way take longer; undefined: as long as the others. */
  delay(from: string, to: string, delayUs: Span | undefined): void {
    this.#network.delay(from, to, delayUs);
  }

  /** Breaks every connection that stands between two machines; new ones are possible. */
  breakConnections(a: string, b: string): void {
    this.#network.breakConnections(a, b);
  }

  /** Lets the next event happen, and everything that follows from it at once. False where nothing is to come. */
  async step(): Promise<boolean> {
    const { nextUs } = this.#agenda;
    let isFirst = true;
    await this.#driver.drive(() => {
      const goesOn = isFirst && this.#agenda.nextUs !== undefined;
      isFirst = false;
      return goesOn;
    });
    return nextUs !== undefined;
  }

  /** Lets happen what is due until this moment; it is then this moment, even when nothing happened. */
  async run(untilMs: number): Promise<void> {
    const untilUs = Math.round(untilMs * 1000);
    await this.#driver.drive(() => (this.#agenda.nextUs ?? Infinity) <= untilUs);
    this.#agenda.advanceTo(untilUs);
  }

  /** Goes on until nothing is under way any more but timers: no file, store, task or message. */
  settle(): Promise<void> {
    return this.#driver.drive(() => this.#agenda.nextUs !== undefined && this.#agenda.underWay > 0);
  }

  /** Goes on until the promise settles, and settles alike; rejects when nothing is to come that could settle it. */
  async drive<Value>(promise: Promise<Value>): Promise<Value> {
    let isSettled = false;
    const settled = () => void (isSettled = true);
    promise.then(settled, settled);
    await this.#driver.drive(() => !isSettled && this.#agenda.nextUs !== undefined);
    if (!isSettled) throw new Error(`nothing is to come that could settle what is awaited (seed ${this.seed}, at ${this.nowMs} ms)`);
    return promise;
  }

  #machine(name: string): Machine {
    const machine = this.#machines.get(name);
    assert(machine !== undefined, "a machine is named that is in the world", { name, known: [...this.#machines.keys()] });
    return machine;
  }

  #build(name: string): Machine {
    const machine = new Machine(name, changedMachine(calm.machine, this.#faults.machine), {
      agenda: this.#agenda,
      network: this.#network,
      chanceOf: (stream) => new Chance(this.seed, stream),
      options: this.#options,
    });
    this.#machines.set(name, machine);
    return machine;
  }
}

function* pairs(side: readonly string[], otherSide: readonly string[]): Generator<[string, string]> {
  for (const a of side) for (const b of otherSide) yield [a, b];
}
