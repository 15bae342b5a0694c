import { formatQuorum, openQuorum, type Quorum, type RecordLevels, type StaticVoter, type Voter } from "../../src/index.ts";
import type { Kv, PeerListener, Runtime } from "@millrace/runtime";
import { type FaultChanges, type SimulatedLine, type SimulatedWorld, simulatedWorld } from "@millrace/runtime/simulated";
import { BrokerId, MiB, type Uuid } from "@millrace/vocabulary";
import { clusterId } from "./quorum-story.ts";
import { Keeper } from "./voter.ts";

const port = 9190;

/** One life of a node of the quorum. */
export interface Life {
  readonly quorum: Quorum;
  readonly keeper: Keeper;
  readonly listener: PeerListener;
  readonly kv: Kv;
  readonly failures: unknown[];
}

/** What a node is opened with, where that is not as for the others. */
export interface NodeOptions {
  readonly clusterId?: Uuid;
  readonly voters?: readonly StaticVoter[];
  /** Of its version's records. */
  readonly levels?: RecordLevels;
  /** Where it listens. */
  readonly port?: number;
}

/** A quorum on the machines of a simulated world; node 1 lives on machine n1. */
export class SimulatedQuorum {
  readonly world: SimulatedWorld;
  readonly lives = new Map<number, Life>();
  readonly logged: SimulatedLine[] = [];
  readonly #directories = new Map<number, Uuid>();

  constructor(seed: number, faults: FaultChanges = {}) {
    this.world = simulatedWorld(seed, faults, { log: (line) => this.logged.push(line) });
  }

  /** Formats and opens nodes that know each other's directories. */
  async begin(...ids: number[]): Promise<void> {
    for (const id of ids) await this.format(id, ids);
    for (const id of ids) await this.open(id);
  }

  /** A node as the others know it; its directory is that of its latest disk. */
  voter(id: number): Voter {
    const directoryId = this.#directories.get(id) ?? this.world.process(nameOf(id)).random.stream("directory").uuid();
    this.#directories.set(id, directoryId);
    return { nodeId: BrokerId(id), directoryId, listeners: listenersOf(id) };
  }

  /** Makes an empty disk a node's; with no voters, one that belongs to nobody yet. */
  async format(id: number, voters: readonly number[], options: NodeOptions = {}): Promise<void> {
    const { kv: stores } = this.world.process(nameOf(id));
    const birth = {
      clusterId: options.clusterId ?? clusterId,
      voters: voters.map((each) => this.voter(each)),
      bootstrap: [Buffer.from("[]")],
    };
    const made = stores.open("/raft", { bytesMax: 64 * MiB }).then(async (kv) => {
      await formatQuorum(kv, { ...birth, self: this.voter(id) });
      await kv.close();
    });
    await this.drive(made);
  }

  /** The next disk of this node is another one. */
  wipe(id: number, life: number): void {
    this.#directories.set(id, this.world.process(nameOf(id)).random.stream(`directory ${life}`).uuid());
  }

  async open(id: number, options: NodeOptions = {}): Promise<Life> {
    const life = await this.drive(this.#open(id, this.world.process(nameOf(id)), options));
    this.lives.set(id, life);
    return life;
  }

  crash(id: number, cause: "killed" | "power cut" = "killed"): void {
    this.lives.delete(id);
    this.world.crash(nameOf(id), cause);
  }

  async restart(id: number, options: NodeOptions = {}): Promise<Life> {
    this.world.restart(nameOf(id));
    return this.open(id, options);
  }

  /** The node that leads; the one of the latest term, where an older one does not know yet that it is deposed. */
  get leader(): Life | undefined {
    const leading = [...this.lives.values()].filter(({ quorum }) => quorum.role.leader);
    return leading.sort((a, b) => b.quorum.role.term - a.quorum.role.term)[0];
  }

  idOf(life: Life): number {
    return [...this.lives].find(([, other]) => other === life)![0];
  }

  life(id: number): Life {
    return this.lives.get(id)!;
  }

  /** Lets time go by until this holds, and says how much did; throws after `withinMs`. */
  async until(holds: () => boolean, withinMs: number): Promise<number> {
    const beganMs = this.world.nowMs;
    while (!holds()) {
      if (this.world.nowMs - beganMs > withinMs) throw new Error(`it did not come about within ${withinMs} ms`);
      await this.world.run(this.world.nowMs + 1);
    }
    return this.world.nowMs - beganMs;
  }

  /** Lets time go by until a promise settles, and settles alike. */
  async drive<Value>(promise: Promise<Value>): Promise<Value> {
    let isSettled = false;
    const settled = () => void (isSettled = true);
    promise.then(settled, settled);
    await this.until(() => isSettled, 60_000);
    return promise;
  }

  /** Waits for a leader, for as long as any election may take. */
  async elected(): Promise<Life> {
    await this.until(() => this.leader !== undefined, 10_000);
    return this.leader!;
  }

  async propose(life: Life, ...texts: string[]): Promise<number> {
    return this.drive(life.quorum.propose(texts.map((text) => Buffer.from(text))));
  }

  /** Lets everybody who lives catch up. */
  async level(): Promise<void> {
    const texts = () => [...this.lives.values()].map(({ keeper }) => keeper.records.map(({ text }) => text).join());
    await this.until(() => new Set(texts()).size === 1, 20_000);
  }

  async #open(id: number, runtime: Runtime, options: NodeOptions): Promise<Life> {
    const { clock, logger, peers, random } = runtime;
    const kv = await runtime.kv.open("/raft", { bytesMax: 64 * MiB });
    const failures: unknown[] = [];
    const quorum = await openQuorum({
      kv,
      clock,
      logger,
      clusterId: options.clusterId ?? clusterId,
      self: this.voter(id),
      voters: options.voters ?? [],
      network: { peers, random, ...(options.levels && { levels: options.levels }) },
      onFailure: (error) => failures.push(error),
    });
    const listener = await peers.serve({ host: "0.0.0.0", port: options.port ?? port }, quorum.methods());
    const keeper = new Keeper();
    await quorum.follow(keeper);
    return { quorum, keeper, listener, kv, failures };
  }
}

export function nameOf(id: number): string {
  return `n${id}`;
}

export function listenersOf(id: number, at: number = port) {
  return [{ name: "CONTROLLER", host: nameOf(id), port: at }];
}

/** A node as `controller.quorum.voters` names it. */
export function named(id: number): StaticVoter {
  return { nodeId: BrokerId(id), listeners: listenersOf(id) };
}
