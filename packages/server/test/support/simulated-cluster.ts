import type { Controller } from "@millrace/controller";
import type { BrokerImage } from "@millrace/metadata";
import { type CrashCause, type FaultChanges, simulatedWorld, type SimulatedWorld } from "@millrace/runtime/simulated";
import type { Runtime } from "@millrace/runtime";
import { storageTasks } from "@millrace/storage";
import { BrokerId, Configuration, parseBrokerSettings } from "@millrace/vocabulary";
import { formatBroker, type RunningBroker, startBroker, startController } from "../../src/index.ts";
import { SimulatedClient } from "./simulated-client.ts";
import { kafkaDoorOnly } from "../../src/testing/index.ts";

const clusterId = "Y2x1c3Rlci1jbHVzdGVyLQ";
const controllerId = 100;
const port = 9092;
const voters = `${controllerId}@controller:9093`;

/** What a broker has of settings of its own. */
const noSettings: (id: number) => Readonly<Record<string, string>> = () => ({});

/** One machine with a controller, several with a broker each, and clients on another one. */
export class SimulatedCluster {
  readonly world: SimulatedWorld;
  readonly #brokers = new Map<number, RunningBroker>();
  readonly #isBeside: boolean;
  readonly #settings: typeof noSettings;
  controller!: Controller;

  private constructor(seed: number, faults: FaultChanges, isBeside: boolean, settings: typeof noSettings) {
    this.#settings = settings;
    this.#isBeside = isBeside;
    this.world = simulatedWorld(seed, faults, { tasks: storageTasks });
  }

  /** @param isBeside whether the controller's process is a broker, too */
  static async start({ brokers = 3, seed = 1, faults = {}, isBeside = false, settings = noSettings } = {}): Promise<SimulatedCluster> {
    const cluster = new SimulatedCluster(seed, faults, isBeside, settings);
    await cluster.#startController(cluster.world.process("controller"));
    for (let id = 1; id <= brokers; id++) await cluster.#startBroker(id, cluster.world.process(nameOf(id)));
    return cluster;
  }

  broker(id: number): RunningBroker {
    return this.#brokers.get(id)!;
  }

  /** A new connection from the client's machine. */
  connect(id: number): Promise<SimulatedClient> {
    return this.world.drive(this.reach(id));
  }

  /** The same while somebody else lets time pass. */
  async reach(id: number): Promise<SimulatedClient> {
    const address = { host: nameOf(id), port };
    return new SimulatedClient(this.world, await this.world.process("client").sockets.connect(address, { timeoutMs: 1_000 }));
  }

  /** The broker that leads the only partition of a topic, as the controller has it. */
  leaderOf(topic: string): number | undefined {
    return this.controller.image.topics.byName(topic)?.partitions[0]?.leader;
  }

  isFenced(id: number): boolean | undefined {
    return this.life(id)?.isFenced;
  }

  /** The life of a broker that the controller knows of. */
  life(id: number): BrokerImage | undefined {
    return this.controller.image.brokers.get(BrokerId(id));
  }

  crash(id: number, cause: CrashCause = "killed"): void {
    this.world.crash(nameOf(id), cause);
  }

  /** Stops a broker in order. */
  stop(id: number): Promise<void> {
    return this.world.drive(this.broker(id).stop());
  }

  /** Starts brokers again that have crashed, all at once. */
  async restart(...ids: readonly number[]): Promise<void> {
    await this.world.drive(Promise.all(ids.map((id) => this.#runBroker(id, this.world.restart(nameOf(id))))));
  }

  crashController(): void {
    this.world.crash("controller");
  }

  /** Starts it again after a crash. */
  startController(): Promise<void> {
    return this.#startController(this.world.restart("controller"));
  }

  pass(ms: number): Promise<void> {
    return this.world.run(this.world.nowMs + ms);
  }

  async #startController(runtime: Runtime): Promise<void> {
    const listener = "CONTROLLER://controller:9093";
    if (this.#isBeside) return this.#startBeside(runtime, listener);
    const configuration = await this.#formatted(runtime, {
      "process.roles": "controller",
      "node.id": `${controllerId}`,
      listeners: listener,
    });
    ({ controller: this.controller } = await this.world.drive(startController({ runtime, configuration })));
  }

  async #startBeside(runtime: Runtime, listener: string): Promise<void> {
    const listeners = `PLAINTEXT://controller:${port},${listener}`;
    const configuration = await this.#formatted(runtime, { "node.id": `${controllerId}`, listeners });
    const running = await this.world.drive(startBroker({ runtime, configuration, version: "0.0.0", entrance: kafkaDoorOnly }));
    this.controller = running.broker.controller;
  }

  async #startBroker(id: number, runtime: Runtime): Promise<void> {
    await this.#formatted(runtime, this.#settingsOf(id));
    await this.world.drive(this.#runBroker(id, runtime));
  }

  async #runBroker(id: number, runtime: Runtime): Promise<void> {
    const configuration = configurationOf(this.#settingsOf(id));
    this.#brokers.set(id, await startBroker({ runtime, configuration, version: "0.0.0", entrance: kafkaDoorOnly }));
  }

  #settingsOf(id: number): Readonly<Record<string, string>> {
    const listeners = `PLAINTEXT://${nameOf(id)}:${port}`;
    return { "process.roles": "broker", "node.id": `${id}`, listeners, ...this.#settings(id) };
  }

  async #formatted(runtime: Runtime, settings: Readonly<Record<string, string>>): Promise<Configuration> {
    const configuration = configurationOf(settings);
    await this.world.drive(formatBroker({ runtime, configuration, clusterId, onlyIfEmpty: true }));
    return configuration;
  }
}

function configurationOf(settings: Readonly<Record<string, string>>): Configuration {
  const all = { "log.dirs": "/data", "controller.quorum.voters": voters, ...settings };
  return new Configuration(parseBrokerSettings(Object.entries(all).map(([key, value]) => ({ key, value, origin: "test" }))).values);
}

function nameOf(id: number): string {
  return `broker-${id}`;
}
