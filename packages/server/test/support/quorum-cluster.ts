import type { HostingController } from "@millrace/controller";
import type { Runtime } from "@millrace/runtime";
import { simulatedWorld, type SimulatedWorld } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import { BrokerId, Configuration, parseBrokerSettings } from "@millrace/vocabulary";
import { formatBroker, type RunningBroker, startBroker, startController } from "../../src/index.ts";
import { SimulatedClient } from "./simulated-client.ts";
import { kafkaDoorOnly } from "../../src/testing/index.ts";

const clusterId = "cXVvcnVtLXF1b3J1bS1xdQ";
const port = 9092;

export interface QuorumClusterOptions {
  readonly seed?: number;
  /** Controllers, numbered from 101: each a process of its own. */
  readonly controllers?: number;
  /** Brokers, numbered from 1: each a process of its own, and a controller, too, where there are no others. */
  readonly brokers?: number;
}

/** Several controllers and several brokers, a machine each, and clients on another one. */
export class QuorumCluster {
  readonly world: SimulatedWorld;
  readonly controllerIds: readonly number[];
  readonly #voters: string;
  readonly #brokers = new Map<number, RunningBroker>();
  readonly #controllers = new Map<number, HostingController>();

  private constructor(seed: number, controllers: number, brokers: number) {
    this.world = simulatedWorld(seed, {}, { tasks: storageTasks });
    const [count, first] = controllers === 0 ? [brokers, 1] : [controllers, 101];
    this.controllerIds = Array.from({ length: count }, (_, index) => first + index);
    this.#voters = this.controllerIds.map((id) => `${id}@${nameOf(id)}:9093`).join(",");
  }

  static async start({ seed = 1, controllers = 3, brokers = 2 }: QuorumClusterOptions = {}): Promise<QuorumCluster> {
    const cluster = new QuorumCluster(seed, controllers, brokers);
    const brokerIds = Array.from({ length: brokers }, (_, index) => index + 1);
    const ids = new Set([...cluster.controllerIds, ...brokerIds]);
    await cluster.world.drive(Promise.all([...ids].map((id) => cluster.#start(id, cluster.world.process(nameOf(id))))));
    return cluster;
  }

  broker(id: number): RunningBroker {
    return this.#brokers.get(id)!;
  }

  /** The node that decides, as a broker knows it; undefined: none that it knows of. */
  activeAt(id: number): number | undefined {
    return this.broker(id).broker.controller.activeController;
  }

  /** The processes that believe they lead: controllers that are no brokers. */
  get leading(): number[] {
    return [...this.#controllers].filter(([, { leads }]) => leads).map(([id]) => id);
  }

  /** Whether a broker is fenced, as another one has it. */
  isFenced(id: number, seenBy: number): boolean | undefined {
    return this.broker(seenBy).broker.controller.image.brokers.get(BrokerId(id))?.isFenced;
  }

  /** A new connection from the client's machine. */
  async connect(id: number): Promise<SimulatedClient> {
    const address = { host: nameOf(id), port };
    const socket = await this.world.drive(this.world.process("client").sockets.connect(address, { timeoutMs: 1_000 }));
    return new SimulatedClient(this.world, socket);
  }

  crash(id: number): void {
    this.#controllers.delete(id);
    this.world.crash(nameOf(id));
  }

  /** Starts what crashed again; resolves when all of them serve. */
  async restart(...ids: number[]): Promise<void> {
    await this.world.drive(Promise.all(ids.map((id) => this.#start(id, this.world.restart(nameOf(id))))));
  }

  /** Nothing passes between these and those any more; nobody is told. */
  cut(some: readonly number[], others: readonly number[]): void {
    this.world.partition(some.map(nameOf), others.map(nameOf));
  }

  /** As `cut`, and connections are seen to break. */
  breakOff(some: readonly number[], others: readonly number[]): void {
    for (const id of some) for (const other of others) this.world.breakConnections(nameOf(id), nameOf(other));
    this.cut(some, others);
  }

  heal(some: readonly number[], others: readonly number[]): void {
    this.world.reunite(some.map(nameOf), others.map(nameOf));
  }

  pass(ms: number): Promise<void> {
    return this.world.run(this.world.nowMs + ms);
  }

  async #start(id: number, runtime: Runtime): Promise<void> {
    const isController = this.controllerIds.includes(id);
    const isBroker = id <= 100;
    const roles = [...(isBroker ? ["broker"] : []), ...(isController ? ["controller"] : [])];
    const listeners = [
      ...(isBroker ? [`PLAINTEXT://${nameOf(id)}:${port}`] : []),
      ...(isController ? [`CONTROLLER://${nameOf(id)}:9093`] : []),
    ];
    const settings = { "process.roles": roles.join(","), "node.id": `${id}`, listeners: listeners.join(",") };
    const configuration = await this.#formatted(runtime, settings);
    if (isBroker) this.#brokers.set(id, await startBroker({ runtime, configuration, version: "0.0.0", entrance: kafkaDoorOnly }));
    else this.#controllers.set(id, (await startController({ runtime, configuration })).controller);
  }

  async #formatted(runtime: Runtime, settings: Readonly<Record<string, string>>): Promise<Configuration> {
    const all = { "log.dirs": "/data", "controller.quorum.voters": this.#voters, ...settings };
    const written = Object.entries(all).map(([key, value]) => ({ key, value, origin: "test" }));
    const configuration = new Configuration(parseBrokerSettings(written).values);
    await formatBroker({ runtime, configuration, clusterId, onlyIfEmpty: true });
    return configuration;
  }
}

function nameOf(id: number): string {
  return `node-${id}`;
}
