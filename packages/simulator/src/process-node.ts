import type { Runtime } from "@millrace/runtime";
import type { CrashCause, SimulatedWorld } from "@millrace/runtime/simulated";
import type { FaultyNode } from "./faults/fault.ts";

/** After so long a process that ended by itself is started again, as `millrace up` does. */
const restartMs = 3_000;

/** What runs in a process, once it serves. */
export interface RunningProcess {
  /** Resolves when it cannot go on. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

/** Who follows what becomes of the process of a node. */
export interface NodeObserver<Node> {
  /** It serves, and has recovered what its disk holds; nobody has asked it anything yet. */
  started(node: Node): void;
  /** It lives no more. `stopped`: in order. */
  ended(node: Node, how: CrashCause | "stopped"): void;
  /** Its start failed, or it could not go on. */
  failed(node: Node, error: unknown): void;
}

/** Where a node is, and who is told of it. */
export interface NodePlace<Node> {
  readonly world: SimulatedWorld;
  /** Calls back in virtual time, outside of every machine that may crash. */
  readonly later: (delayMs: number, act: () => void) => void;
  readonly observer: NodeObserver<Node>;
}

/** One machine with a process on it: started, crashed and started again. */
export abstract class ProcessNode<Running extends RunningProcess, Node> implements FaultyNode {
  readonly name: string;
  readonly #place: NodePlace<Node>;
  #running: Running | undefined;
  #isAlive = false;
  /** Whether it has served before, in whatever life. */
  hasServed = false;
  /** Rises with each life, so that what an earlier one left behind is told apart. */
  #life = 0;

  constructor(name: string, place: NodePlace<Node>) {
    this.name = name;
    this.#place = place;
  }

  /** Formats the machine's disk where it is empty, and starts what it is there for. */
  protected abstract begin(runtime: Runtime): Promise<Running>;

  /** What the process runs, while it serves. */
  protected get running(): Running | undefined {
    return this.#running;
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
    const { world } = this.#place;
    this.#isAlive = true;
    const runtime = this.#life === 0 ? world.process(this.name) : world.restart(this.name);
    const life = ++this.#life;
    this.begin(runtime).then(
      (running) => this.#began(life, running),
      (error: unknown) => this.#gaveUp(life, error),
    );
  }

  /** Ends the process at once, if one lives, and starts another `downMs` later. */
  crash(cause: CrashCause, downMs: number): void {
    if (!this.#isAlive) return;
    this.#place.world.crash(this.name, cause);
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
    this.#place.later(graceMs, () => this.#isNow(life) && this.crash("killed", downMs));
  }

  startAfter(downMs: number): void {
    this.#place.later(downMs, () => this.start());
  }

  #began(life: number, running: Running): void {
    if (!this.#isNow(life)) return;
    this.#running = running;
    this.hasServed = true;
    this.#place.observer.started(this.#self);
    void running.failed.then((error) => this.#gaveUp(life, error));
  }

  /** The process exits, as its command does. */
  #gaveUp(life: number, error: unknown): void {
    if (!this.#isNow(life)) return;
    this.#place.observer.failed(this.#self, error);
    this.crash("killed", restartMs);
  }

  #stopped(life: number, downMs: number): void {
    if (!this.#isNow(life)) return;
    // Whatever the process may still be at when it has said that it stopped is over when it exits.
    this.#place.world.crash(this.name, "killed");
    this.#end("stopped");
    this.startAfter(downMs);
  }

  #end(how: CrashCause | "stopped"): void {
    this.#isAlive = false;
    this.#running = undefined;
    this.#place.observer.ended(this.#self, how);
  }

  #isNow(life: number): boolean {
    return this.#isAlive && this.#life === life;
  }

  get #self(): Node {
    return this as unknown as Node;
  }
}
