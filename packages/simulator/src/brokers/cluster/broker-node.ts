import { type Runtime } from "@millrace/runtime";
import type { CrashCause, SimulatedWorld } from "@millrace/runtime/simulated";
import { formatBroker, type RunningBroker, startBroker } from "@millrace/server";
import type { Configuration } from "@millrace/vocabulary";
import type { FaultyNode } from "../../faults/fault.ts";
import { kafkaDoor } from "./entrance.ts";

/** Where a broker keeps everything on its machine. */
export const dataPath = "/data";
/** The reserve for a full disk: as much as metadata needs in a run. */
const reserveBytes: number = 64 * 1024;
/** After so long a broker that died by itself is started again, as `millrace up` does. */
const restartMs = 3_000;

/** Who follows what becomes of a broker. */
export interface BrokerObserver {
  /** It serves, and has recovered what its disk holds; nobody has asked it anything yet. */
  started(node: BrokerNode): void;
  /** It lives no more. `stopped`: in order. */
  ended(node: BrokerNode, how: CrashCause | "stopped"): void;
  /** Its start failed, or it could not go on. */
  failed(node: BrokerNode, error: unknown): void;
}

export interface BrokerNodeParts {
  readonly world: SimulatedWorld;
  /** Calls back in virtual time, outside of every machine that may crash. */
  readonly later: (delayMs: number, act: () => void) => void;
  readonly configuration: () => Configuration;
  /** The same for all nodes of a cluster; undefined: its own. */
  readonly clusterId?: string;
  readonly observer: BrokerObserver;
}

/** One machine with a broker on it: started, crashed and started again. */
export class BrokerNode implements FaultyNode {
  readonly name: string;
  readonly port: number = 9092;
  readonly #parts: BrokerNodeParts;
  #running: RunningBroker | undefined;
  #isAlive = false;
  /** Whether it has served before, in whatever life. */
  hasServed = false;
  /** Rises with each life, so that what an earlier one left behind is told apart. */
  #life = 0;

  constructor(name: string, parts: BrokerNodeParts) {
    this.name = name;
    this.#parts = parts;
  }

  /** The broker, while it serves. */
  get broker(): RunningBroker["broker"] | undefined {
    return this.#running?.broker;
  }

  get isServing(): boolean {
    return this.#running !== undefined;
  }

  /** Whether there is a process, serving or about to. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Starts a process where none lives. */
  start(): void {
    if (this.#isAlive) return;
    const { world } = this.#parts;
    this.#isAlive = true;
    const runtime = this.#life === 0 ? world.process(this.name) : world.restart(this.name);
    const life = ++this.#life;
    this.#begin(runtime).then(
      (running) => this.#began(life, running),
      (error: unknown) => this.#gaveUp(life, error),
    );
  }

  /** Ends the process at once, if one lives, and starts another `downMs` later. */
  crash(cause: CrashCause, downMs: number): void {
    if (!this.#isAlive) return;
    this.#parts.world.crash(this.name, cause);
    this.#end(cause);
    this.startAfter(downMs);
  }

  /** Stops in order, and starts again. What does not stop in time is killed, as by an init system. */
  stop(graceMs: number, downMs: number): void {
    const life = this.#life;
    if (this.#running === undefined) return this.crash("killed", downMs);
    const stopping = this.#running;
    this.#running = undefined;
    stopping.stop().then(
      () => this.#stopped(life, downMs),
      () => this.#isNow(life) && this.crash("killed", downMs),
    );
    this.#parts.later(graceMs, () => this.#isNow(life) && this.crash("killed", downMs));
  }

  startAfter(downMs: number): void {
    this.#parts.later(downMs, () => this.start());
  }

  async #begin(runtime: Runtime): Promise<RunningBroker> {
    const configuration = this.#parts.configuration();
    await formatBroker({ runtime, configuration, clusterId: this.#parts.clusterId, onlyIfEmpty: true });
    return startBroker({ runtime, configuration, version: "simulated", entrance: kafkaDoor, reserveBytes });
  }

  #began(life: number, running: RunningBroker): void {
    if (!this.#isNow(life)) return;
    this.#running = running;
    this.hasServed = true;
    this.#parts.observer.started(this);
    void running.failed.then((error) => this.#gaveUp(life, error));
  }

  /** The process exits, as the broker's command does. */
  #gaveUp(life: number, error: unknown): void {
    if (!this.#isNow(life)) return;
    this.#parts.observer.failed(this, error);
    this.crash("killed", restartMs);
  }

  #stopped(life: number, downMs: number): void {
    if (!this.#isNow(life)) return;
    // Whatever the process may still be at when it has said that it stopped is over when it exits.
    this.#parts.world.crash(this.name, "killed");
    this.#end("stopped");
    this.startAfter(downMs);
  }

  #end(how: CrashCause | "stopped"): void {
    this.#isAlive = false;
    this.#running = undefined;
    this.#parts.observer.ended(this, how);
  }

  #isNow(life: number): boolean {
    return this.#isAlive && this.#life === life;
  }
}
