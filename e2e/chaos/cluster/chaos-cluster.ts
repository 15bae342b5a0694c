import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BrokerProcess } from "../../support/broker-process.ts";
import { freePort } from "../../support/free-port.ts";
import { Network } from "./network.ts";
import { ownerOfPort } from "./socket-owner.ts";

/** Any will do: the cluster never meets another. */
const environment = { CLUSTER_ID: "Y2hhb3MtY2hhb3MtY2hhbw" };

export interface ChaosClusterOptions {
  readonly brokers: number;
  /** `key=value` each, for all of them. */
  readonly set?: readonly string[];
  /** Where a broker has its data instead of a temporary folder. */
  readonly directories?: ReadonlyMap<number, string>;
  /** What the process of a broker finds in its environment beside the cluster's id. */
  readonly environments?: ReadonlyMap<number, Readonly<Record<string, string>>>;
}

interface Ports {
  readonly client: number;
  /** Where the broker listens for others, and where they reach it: through the network. */
  readonly internal: number;
  readonly internalBehind: number;
  readonly controller: number;
  readonly controllerBehind: number;
}

/** Broker processes, each a controller too, that reach each other through a network that can be cut and slowed down. */
export class ChaosCluster {
  readonly network: Network;
  readonly ids: readonly number[];
  readonly #options: ChaosClusterOptions;
  readonly #folder: string = mkdtempSync(join(tmpdir(), "millrace-chaos-"));
  readonly #ports = new Map<number, Ports>();
  /** The present life of each, or its last one. */
  readonly #lives = new Map<number, BrokerProcess>();

  private constructor(options: ChaosClusterOptions) {
    this.#options = options;
    this.ids = Array.from({ length: options.brokers }, (_, index) => index + 1);
    this.network = new Network((port) => this.#callerOf(port));
  }

  /** Starts all brokers and resolves when they serve. */
  static async start(options: ChaosClusterOptions): Promise<ChaosCluster> {
    const cluster = new ChaosCluster(options);
    for (const id of cluster.ids) cluster.#ports.set(id, await cluster.#portsOf(id));
    await Promise.all(cluster.ids.map((id) => cluster.start(id)));
    return cluster;
  }

  /** `host:port` of every broker. */
  get addresses(): string[] {
    return this.ids.map((id) => `127.0.0.1:${this.#ports.get(id)!.client}`);
  }

  /** Brokers whose process is there, standing still or not. */
  get alive(): readonly number[] {
    return this.ids.filter((id) => this.#lives.get(id)?.hasEnded === false);
  }

  /** Starts a broker that has ended, and resolves when it serves. */
  async start(id: number): Promise<void> {
    const directory = this.#options.directories?.get(id) ?? join(this.#folder, `broker-${id}`);
    mkdirSync(directory, { recursive: true });
    await this.network.appear(id);
    const set = [...this.#settings(id), ...(this.#options.set ?? [])];
    const life = BrokerProcess.spawn({ directory, environment: { ...environment, ...this.#options.environments?.get(id) }, set });
    this.#lives.set(id, life);
    await life.serving;
  }

  /** Ends a broker: as a crash does, or in order. */
  async end(id: number, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (signal === "SIGKILL") this.network.vanish(id);
    await this.#lives.get(id)!.kill(signal);
    this.network.vanish(id);
  }

  /** Lets a broker stand still. */
  pause(id: number): void {
    process.kill(this.#lives.get(id)!.pid, "SIGSTOP");
  }

  resume(id: number): void {
    process.kill(this.#lives.get(id)!.pid, "SIGCONT");
  }

  /** What a broker logged in its present life. */
  log(id: number): readonly string[] {
    return this.#lives.get(id)!.log;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#lives.values()].map((life) => life[Symbol.asyncDispose]()));
    this.network.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #portsOf(id: number): Promise<Ports> {
    const [client, internal, controller] = [await freePort(), await freePort(), await freePort()];
    const internalBehind = await this.network.before(id, internal);
    return { client, internal, internalBehind, controller, controllerBehind: await this.network.before(id, controller) };
  }

  #settings(id: number): string[] {
    const { client, internal, internalBehind, controller } = this.#ports.get(id)!;
    const voters = this.ids.map((each) => `${each}@127.0.0.1:${this.#ports.get(each)!.controllerBehind}`);
    return [
      `node.id=${id}`,
      "process.roles=broker,controller",
      `controller.quorum.voters=${voters.join(",")}`,
      `listeners=PLAINTEXT://127.0.0.1:${client},INTERNAL://127.0.0.1:${internal},CONTROLLER://127.0.0.1:${controller}`,
      `advertised.listeners=PLAINTEXT://127.0.0.1:${client},INTERNAL://127.0.0.1:${internalBehind}`,
      "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
      "inter.broker.listener.name=INTERNAL",
    ];
  }

  #callerOf(port: number): number | undefined {
    const pids = this.alive.map((id) => this.#lives.get(id)!.pid);
    const pid = ownerOfPort(port, pids);
    return pid === undefined ? undefined : this.alive[pids.indexOf(pid)];
  }
}
