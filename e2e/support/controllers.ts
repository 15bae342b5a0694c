import { BrokerProcess } from "./broker-process.ts";
import { freePort } from "./free-port.ts";

/** Of every process of one cluster. */
export const clusterEnvironment: Readonly<Record<string, string>> = { CLUSTER_ID: "MkU3OEVBNTcwNTJENDM2Qg" };

/** Three controllers as processes of their own, numbered from 101. */
export class Controllers {
  /** `controller.quorum.voters` */
  readonly voters: string;
  readonly #addresses: Map<number, string>;
  readonly #processes = new Map<number, BrokerProcess>();

  private constructor(ports: readonly number[]) {
    this.#addresses = new Map(ports.map((port, index) => [101 + index, `127.0.0.1:${port}`]));
    this.voters = [...this.#addresses].map(([id, address]) => `${id}@${address}`).join(",");
  }

  static async start(): Promise<Controllers> {
    const controllers = new Controllers(await Promise.all([freePort(), freePort(), freePort()]));
    await Promise.all(
      controllers.ids.map(async (id) => controllers.#processes.set(id, await BrokerProcess.start(controllers.#options(id)))),
    );
    return controllers;
  }

  get ids(): readonly number[] {
    return [...this.#addresses.keys()];
  }

  /** What a broker of this cluster starts with. */
  brokerSettings(id: number): string[] {
    return ["process.roles=broker", `node.id=${id}`, `controller.quorum.voters=${this.voters}`];
  }

  /** Starts one more, which waits to be let into the quorum; gives its address. */
  async startAnother(id: number): Promise<string> {
    const address = `127.0.0.1:${await freePort()}`;
    this.#addresses.set(id, address);
    this.#processes.set(id, await BrokerProcess.start(this.#options(id)));
    return address;
  }

  async kill(id: number): Promise<void> {
    await this.#processes.get(id)!.kill("SIGKILL");
  }

  /** Starts one again that was killed. */
  async restart(id: number, entry?: string): Promise<void> {
    this.#processes.set(id, await this.#processes.get(id)!.restart("SIGKILL", { ...this.#options(id), ...(entry && { entry }) }));
  }

  /** Ends one and starts it again, though it ends by itself: resolves to the last it said. */
  async restartInVain(id: number, entry?: string): Promise<string> {
    return this.restart(id, entry).then(
      () => this.#processes.get(id)!.ended.then(() => this.#processes.get(id)!.log.join("\n")),
      (error: Error) => error.message,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process[Symbol.asyncDispose]()));
  }

  #options(id: number) {
    const listeners = `listeners=CONTROLLER://${this.#addresses.get(id)}`;
    return {
      environment: clusterEnvironment,
      set: ["process.roles=controller", `node.id=${id}`, `controller.quorum.voters=${this.voters}`, listeners],
    };
  }
}
