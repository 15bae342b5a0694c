import { assert } from "@millrace/vocabulary";
import type { Host } from "../ports/host.ts";
import type { Runtime } from "../runtime.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import { SimulatedClock, type WallClock } from "./clock.ts";
import { SimulatedDisk } from "./disk.ts";
import { DiskImage } from "./disk-image.ts";
import { changedMachine, type DiskOperation, type MachineFaultChanges, type MachineFaults } from "./faults.ts";
import { SimulatedKvStores } from "./kv.ts";
import { type CrashCause, Life } from "./life.ts";
import { SimulatedLogger } from "./logger.ts";
import type { Network } from "./network.ts";
import { SimulatedPeers } from "./peers.ts";
import { Platter } from "./platter.ts";
import { SimulatedSockets } from "./sockets.ts";
import { SimulatedWork } from "./work.ts";
import type { WorldOptions } from "./world.ts";

/** What a machine needs of its world. */
export interface MachineParts {
  readonly agenda: Agenda;
  readonly network: Network;
  readonly chanceOf: (name: string) => Chance;
  readonly options: WorldOptions;
}

/** One machine and the one process that lives on it, again and again. Its disk and its stores outlive the process. */
export class Machine {
  readonly name: string;
  readonly #parts: MachineParts;
  readonly #image: DiskImage;
  readonly #platter: Platter;
  readonly #wall: WallClock;
  readonly #boots: Chance;
  #faults: MachineFaults;
  #bootId: string;
  #lives = 0;
  #life: Life | undefined;
  #runtime: Runtime | undefined;
  #hasPower = true;

  constructor(name: string, faults: MachineFaults, parts: MachineParts) {
    this.name = name;
    this.#parts = parts;
    this.#faults = faults;
    this.#image = new DiskImage(parts.chanceOf(`disk image ${name}`));
    this.#platter = new Platter(this.#image);
    this.#boots = parts.chanceOf(`boots ${name}`);
    this.#bootId = this.#boots.uuid();
    this.#wall = { skewMs: parts.chanceOf(`clock ${name}`).within(faults.clock.skewMs) };
  }

  get hasPower(): boolean {
    return this.#hasPower;
  }

  /** The runtime of the process that lives; undefined while none does. */
  get runtime(): Runtime | undefined {
    return this.#runtime;
  }

  /** Starts a process on what the disk holds. */
  start(): Runtime {
    assert(this.#runtime === undefined, "a machine has one process at a time", { machine: this.name });
    this.#life = new Life(this.name, this.#parts.agenda);
    this.#lives++;
    if (!this.#hasPower) this.#bootId = this.#boots.uuid();
    this.#hasPower = true;
    this.#runtime = this.#runtimeOf(this.#life);
    return this.#runtime;
  }

  /** Ends the process, if one lives; the power may go while none does. */
  crash(cause: CrashCause): void {
    assert(this.#life !== undefined && this.#hasPower, "a machine crashes while it runs", { machine: this.name });
    this.#runtime = undefined;
    this.#hasPower = cause === "killed";
    if (!this.#life.isOver) this.#life.end(cause);
    this.#image.crash(cause, this.#faults.disk);
  }

  pause(): void {
    this.#life?.pause();
  }

  resume(): void {
    this.#life?.resume();
  }

  /** What the machine keeps, for an experimenter. */
  get platter(): Platter {
    return this.#platter;
  }

  change(changes: MachineFaultChanges): void {
    this.#faults = changedMachine(this.#faults, changes);
  }

  failNext(operation: DiskOperation, errno: string): void {
    this.#image.failNext(operation, errno);
  }

  forgetFailures(): void {
    this.#image.forgetFailures();
  }

  jumpWallClock(byMs: number): void {
    this.#wall.skewMs += byMs;
  }

  #runtimeOf(life: Life): Runtime {
    const { network, chanceOf, options } = this.#parts;
    const streamOf = (name: string) => chanceOf(`${name} of ${this.name}, life ${this.#lives}`);
    const clock = new SimulatedClock(life, this.#wall);
    return {
      clock,
      random: { stream: (name) => streamOf(`random ${name}`) },
      disk: new SimulatedDisk({ life, image: this.#image, clock, chance: streamOf("disk"), faults: () => this.#faults.disk }),
      kv: new SimulatedKvStores({ life, image: this.#image, chance: streamOf("kv"), faults: () => this.#faults.kv }),
      sockets: new SimulatedSockets(life, network),
      peers: new SimulatedPeers(life, network),
      work: new SimulatedWork(life, options.tasks ?? [], streamOf("work"), () => this.#faults.work),
      host: this.#host(),
      logger: new SimulatedLogger(life, options.log ?? (() => {})),
    };
  }

  #host(): Host {
    return {
      name: this.name,
      processId: this.#lives,
      bootId: this.#bootId,
      residentBytes: () => 0,
      takeLoopDelay: () => ({ p50Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 }),
    };
  }
}
