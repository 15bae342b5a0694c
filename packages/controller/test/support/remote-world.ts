import { bootstrapSnapshot } from "@millrace/metadata";
import { formatQuorum, openQuorum } from "@millrace/raft";
import type { Runtime } from "@millrace/runtime";
import { type CrashCause, type FaultChanges, simulatedWorld, type SimulatedWorld } from "@millrace/runtime/simulated";
import { type BrokerEpoch, BrokerId, Configuration, MiB } from "@millrace/vocabulary";
import {
  askWho,
  type HostingController,
  type NamedVoter,
  openController,
  RemoteController,
  sessionMethods,
  whoAnswer,
} from "../../src/index.ts";
import { registration, wordsOf } from "./requests.ts";
import { clusterId, self, strict, voters } from "./world.ts";

const address = { host: "controller", port: 9093 };
const brokerPort = 9092;

/** A broker as far as its controller goes: it registers, and answers who it is. */
export interface RemoteBroker {
  readonly controller: RemoteController;
  readonly registered: Promise<BrokerEpoch>;
}

/** One machine with a controller and several with brokers that have none, in a simulated world. */
export class RemoteWorld {
  readonly world: SimulatedWorld;
  readonly #lives = new Map<number, number>();
  controller!: HostingController;
  readonly failures: unknown[] = [];
  readonly #silentVoters: NamedVoter[] = [];

  private constructor(seed: number, faults: FaultChanges) {
    this.world = simulatedWorld(seed, faults);
  }

  static async start(seed = 1, faults: FaultChanges = {}): Promise<RemoteWorld> {
    const world = new RemoteWorld(seed, faults);
    await world.world.drive(world.#startController(world.world.process("controller")));
    return world;
  }

  crashController(): void {
    this.world.crash("controller");
  }

  restartController(): Promise<void> {
    return this.world.drive(this.#startController(this.world.restart("controller")));
  }

  /** Starts a broker, or the next life of one. */
  async broker(id: number): Promise<RemoteBroker> {
    const life = (this.#lives.get(id) ?? 0) + 1;
    this.#lives.set(id, life);
    const name = `broker-${id}`;
    return this.world.drive(this.#startBroker(life === 1 ? this.world.process(name) : this.world.restart(name), id, life));
  }

  crash(id: number, cause: CrashCause = "killed"): void {
    this.world.crash(`broker-${id}`, cause);
  }

  /** Configuration names another voter, too, and first: its process takes connections, and stands still. */
  async nameSilentVoter(): Promise<void> {
    const silent = { host: "silent", port: 9093 };
    await this.world.drive(this.world.process("silent").peers.serve(silent, []));
    this.world.pause("silent");
    this.#silentVoters.push({ id: 99, address: silent });
  }

  isFenced(id: number): boolean | undefined {
    return this.controller.image.brokers.get(BrokerId(id))?.isFenced;
  }

  pass(ms: number): Promise<void> {
    return this.world.run(this.world.nowMs + ms);
  }

  async #startController(runtime: Runtime): Promise<void> {
    const { clock, random, peers } = runtime;
    const kv = await runtime.kv.open("raft", { bytesMax: 64 * MiB });
    if ([...kv.range({ limit: 1 })].length === 0)
      await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
    const quorum = await openQuorum({ kv, clock, logger: strict, clusterId, self, voters: [], onFailure() {} });
    const parts = { quorum, clusterId, nodeId: self.nodeId, configuration: new Configuration(new Map()), clock, random, logger: strict };
    this.controller = await openController({ ...parts, ask: (broker) => askWho(runtime, broker) });
    await peers.serve(address, sessionMethods(this.controller, clock));
  }

  async #startBroker({ clock, peers, sockets }: Runtime, id: number, life: number): Promise<RemoteBroker> {
    const previousEpoch = this.controller.image.brokers.get(BrokerId(id))?.epoch;
    const words = registration(wordsOf(`${id} life=${life} stop=${life === 1 ? "first" : "crashed"}`), previousEpoch);
    const own = { ...words, listeners: [{ name: "PLAINTEXT", host: `broker-${id}`, port: brokerPort }] };
    await sockets.listen({ host: "", port: brokerPort }, (socket) => {
      socket.receive({
        data: () => {
          socket.write([whoAnswer({ broker: own.id, incarnation: own.incarnation })]);
          socket.end();
        },
        ended: () => socket.end(),
        drained() {},
        closed() {},
      });
    });
    const failed = (error: Error) => void this.failures.push(error);
    const controller = new RemoteController({
      peers,
      clock,
      logger: strict,
      voters: [...this.#silentVoters, { id: self.nodeId, address }],
      timeoutMs: 2_000,
      failed,
    });
    const registered = controller.registerBroker(own);
    registered.catch(() => {});
    return { controller, registered };
  }
}
