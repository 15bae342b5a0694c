import type { Guards } from "@millrace/broker";
import { type CrashCause, type FaultChanges, simulatedWorld, type SimulatedWorld } from "@millrace/runtime/simulated";
import type { Runtime } from "@millrace/runtime";
import { storageTasks } from "@millrace/storage";
import { Configuration, parseBrokerSettings } from "@millrace/vocabulary";
import { formatBroker, type RunningBroker, startBroker } from "../../src/index.ts";
import { kafkaDoorOnly } from "../../src/testing/index.ts";
import { SimulatedClient } from "./simulated-client.ts";

const address = { host: "broker", port: 9092 };

export interface SimulatedBrokerOptions {
  readonly seed?: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly faults?: FaultChanges;
  readonly guards?: Guards;
}

/** A whole broker in a simulated world, and clients in another process of it. Time passes while something of it is awaited. */
export class SimulatedBroker {
  readonly world: SimulatedWorld;
  readonly #configuration: () => Configuration;
  readonly #guards: Guards | undefined;
  #running!: RunningBroker;

  private constructor({ seed = 1, settings = {}, faults = {}, guards }: SimulatedBrokerOptions) {
    this.#guards = guards;
    this.world = simulatedWorld(seed, faults, { tasks: storageTasks });
    const all = { "node.id": "1", "log.dirs": "/data", listeners: `PLAINTEXT://${address.host}:${address.port}`, ...settings };
    const written = Object.entries(all).map(([key, value]) => ({ key, value, origin: "test" }));
    this.#configuration = () => new Configuration(parseBrokerSettings(written).values);
  }

  static async start(options: SimulatedBrokerOptions = {}): Promise<SimulatedBroker> {
    const broker = new SimulatedBroker(options);
    await broker.#start(broker.world.process("broker"));
    return broker;
  }

  /** The broker itself, for a look at what it knows. */
  get broker(): RunningBroker["broker"] {
    return this.#running.broker;
  }

  /** A new connection from the client's machine. */
  async connect(): Promise<SimulatedClient> {
    const socket = await this.world.drive(this.world.process("client").sockets.connect(address, { timeoutMs: 1_000 }));
    return new SimulatedClient(this.world, socket);
  }

  /** Ends the process as it stands, and starts it again on what its disk holds. */
  async crash(cause: CrashCause): Promise<void> {
    this.world.crash("broker", cause);
    await this.#start(this.world.restart("broker"));
  }

  async stop(): Promise<void> {
    await this.world.drive(this.#running.stop());
  }

  async #start(runtime: Runtime): Promise<void> {
    const configuration = this.#configuration();
    await this.world.drive(formatBroker({ runtime, configuration, clusterId: undefined, onlyIfEmpty: true }));
    this.#running = await this.world.drive(
      startBroker({ runtime, configuration, version: "0.0.0", entrance: kafkaDoorOnly, ...(this.#guards && { guards: this.#guards }) }),
    );
  }
}
