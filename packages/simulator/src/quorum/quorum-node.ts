import { formatQuorum, openQuorum, type Quorum, type StaticVoter, type Voter } from "@millrace/raft";
import { raftStateOf, type RaftState, voterKey } from "@millrace/raft/testing";
import type { PeerListener, Runtime } from "@millrace/runtime";
import type { Backup, CrashCause, SimulatedWorld } from "@millrace/runtime/simulated";
import { BrokerId, codeOf, MiB, type Uuid } from "@millrace/vocabulary";
import type { FaultyNode } from "../faults/fault.ts";
import { bootstrap, Keeper, type KeeperWatcher } from "./keeper.ts";

/** Where a voter keeps its log on its machine. */
export const storePath = "/raft";
const storeBytesMax: number = 256 * MiB;
const port = 9093;
/** After so long a process that ended by itself is started again. */
const restartMs = 3_000;
/** Calls that are under way when a process stops have so long to end. */
const graceMs = 500;

/** One life of a node, from the moment at which its log is open. */
export interface QuorumLife {
  readonly runtime: Runtime;
  readonly quorum: Quorum;
  readonly keeper: Keeper;
  readonly state: RaftState;
}

/** Who follows what becomes of a node. */
export interface QuorumObserver extends KeeperWatcher {
  /** It could not start, or not go on. */
  failed(node: QuorumNode, error: unknown): void;
}

export interface QuorumNodeParts {
  readonly world: SimulatedWorld;
  readonly later: (delayMs: number, act: () => void) => void;
  readonly clusterId: Uuid;
  /** Whom configuration names on the n-th disk of a node. */
  readonly voters: (disk: number) => readonly StaticVoter[];
  /** The identity of the n-th disk of a node. */
  readonly directory: (node: string, disk: number) => Uuid;
  readonly observer: QuorumObserver;
}

/** What a machine held at one moment, and who its voter was then. */
export interface QuorumBackup {
  readonly disk: Backup;
  readonly directoryId: Uuid;
}

/** One machine with a node of a quorum on it: started, crashed, wiped and started again. */
export class QuorumNode implements FaultyNode {
  readonly name: string;
  readonly id: BrokerId;
  readonly storePath: string = storePath;
  readonly #parts: QuorumNodeParts;
  #directoryId: Uuid;
  #disks = 0;
  #life: QuorumLife | undefined;
  #listener: PeerListener | undefined;
  #isServing = false;
  #isAlive = false;
  /** Rises with each life, so that what an earlier one left behind is told apart. */
  #lives = 0;
  /** Somebody spoilt what its disk holds: it may refuse to go on, and nobody counts on it. */
  isRotten = false;

  constructor(id: number, parts: QuorumNodeParts) {
    this.id = BrokerId(id);
    this.name = nameOf(id);
    this.#parts = parts;
    this.#directoryId = parts.directory(this.name, 0);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** Undefined while its log is not open. */
  get life(): QuorumLife | undefined {
    return this.#life;
  }

  /** As the others know it: with another disk it is another voter. */
  get voter(): Voter {
    return { ...staticVoter(this.id), directoryId: this.#directoryId };
  }

  get key(): string {
    return voterKey(this.voter);
  }

  start(): void {
    if (this.#isAlive) return;
    const { world } = this.#parts;
    this.#isAlive = true;
    const runtime = this.#lives === 0 ? world.process(this.name) : world.restart(this.name);
    const life = ++this.#lives;
    this.#begin(life, runtime).catch((error: unknown) => this.#gaveUp(life, error));
  }

  crash(cause: CrashCause, downMs: number): void {
    if (!this.#isAlive) return;
    this.#parts.world.crash(this.name, cause);
    this.#isAlive = false;
    this.#isServing = false;
    this.#life = undefined;
    this.#parts.later(downMs, () => this.start());
  }

  stop(stopMsMax: number, downMs: number): void {
    const life = this.#lives;
    if (!this.#isServing || this.#life === undefined) return this.crash("killed", downMs);
    const exit = () => this.#isNow(life) && this.crash("killed", downMs);
    this.#isServing = false;
    Promise.all([this.#life.quorum.close(), this.#listener?.close(graceMs)]).then(exit, exit);
    this.#parts.later(stopMsMax, exit);
  }

  /** What the machine holds now. */
  backup(): QuorumBackup {
    return { disk: this.#parts.world.platter(this.name).copy(), directoryId: this.#directoryId };
  }

  /** Puts a backup in the place of what the disk holds. No process may live. */
  restore({ disk, directoryId }: QuorumBackup): void {
    this.#parts.world.platter(this.name).restore(disk);
    this.#directoryId = directoryId;
    this.isRotten = false;
  }

  /** Gives the machine an empty disk. No process may live. */
  wipe(): void {
    this.#parts.world.platter(this.name).wipe();
    this.#directoryId = this.#parts.directory(this.name, ++this.#disks);
    this.isRotten = false;
  }

  async #begin(life: number, runtime: Runtime): Promise<void> {
    const { clusterId, observer } = this.#parts;
    const voters = this.#parts.voters(this.#disks);
    const { clock, logger, peers, random } = runtime;
    const self = { nodeId: this.id, directoryId: this.#directoryId };
    const kv = await runtime.kv.open(storePath, { bytesMax: storeBytesMax });
    const [first] = kv.range({ limit: 1 });
    if (first === undefined) await formatQuorum(kv, { clusterId, self, voters: [], bootstrap });
    const onFailure = (error: unknown) => this.#gaveUp(life, error);
    const quorum = await openQuorum({ kv, clock, logger, clusterId, self, voters, network: { peers, random }, onFailure });
    const keeper = new Keeper(observer);
    this.#life = { runtime, quorum, keeper, state: raftStateOf(quorum) };
    this.#listener = await peers.serve({ host: this.name, port }, quorum.methods());
    await quorum.follow(keeper);
    this.#isServing = true;
  }

  /** The process exits. One whose disk is damaged is given an empty one, as an operator would. */
  #gaveUp(life: number, error: unknown): void {
    if (!this.#isNow(life)) return;
    this.#parts.observer.failed(this, error);
    this.crash("killed", restartMs);
    if (codeOf(error) === "DATA_DAMAGED") this.wipe();
  }

  #isNow(life: number): boolean {
    return this.#isAlive && this.#lives === life;
  }
}

function nameOf(id: number): string {
  return `voter-${id}`;
}

/** A node as configuration names it. */
export function staticVoter(id: number): StaticVoter {
  return { nodeId: BrokerId(id), listeners: [{ name: "CONTROLLER", host: nameOf(id), port }] };
}
