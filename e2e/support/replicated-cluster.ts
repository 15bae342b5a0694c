import { BrokerProcess } from "./broker-process.ts";
import { clusterEnvironment, Controllers } from "./controllers.ts";
import { Millrace } from "./millrace.ts";

const ids = [1, 2, 3];

interface TopicDescription {
  readonly id: string;
  readonly partitions: readonly {
    readonly partition: number;
    readonly leader: number;
    readonly isr: readonly number[];
  }[];
}

/** Three controllers and three brokers, each a process of its own. */
export class ReplicatedCluster {
  readonly #controllers: Controllers;
  readonly #brokers: Map<number, BrokerProcess>;

  private constructor(controllers: Controllers, brokers: Map<number, BrokerProcess>) {
    this.#controllers = controllers;
    this.#brokers = brokers;
  }

  static async start(set: readonly string[] = []): Promise<ReplicatedCluster> {
    const controllers = await Controllers.start();
    const start = (id: number) =>
      BrokerProcess.start({ environment: clusterEnvironment, set: [...controllers.brokerSettings(id), ...set] });
    const started = await Promise.all(ids.map(async (id) => [id, await start(id)] as const));
    return new ReplicatedCluster(controllers, new Map(started));
  }

  get bootstrap(): string {
    return [...this.#brokers.values()].map(({ bootstrap }) => bootstrap).join(",");
  }

  get millrace(): Millrace {
    return new Millrace(this.bootstrap);
  }

  broker(id: number): BrokerProcess {
    return this.#brokers.get(id)!;
  }

  /** The folder of a broker's logs. */
  logs(id: number): string {
    return `${this.broker(id).directory}/broker-1/logs`;
  }

  async describe(topic: string): Promise<TopicDescription> {
    return (await this.millrace.json<TopicDescription[]>(`topic describe ${topic} -o json`))[0]!;
  }

  async leaderOf(topic: string): Promise<number> {
    return (await this.describe(topic)).partitions[0]!.leader;
  }

  /** Waits until every replica of a topic is in sync. */
  async untilInSync(topic: string): Promise<void> {
    while ((await this.describe(topic)).partitions.some(({ isr }) => isr.length < ids.length));
  }

  async kill(id: number): Promise<void> {
    await this.broker(id).kill("SIGKILL");
  }

  async restart(id: number, set: readonly string[] = []): Promise<void> {
    const options = { environment: clusterEnvironment, set: [...this.#controllers.brokerSettings(id), ...set] };
    this.#brokers.set(id, await this.broker(id).restart("SIGKILL", options));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#brokers.values()].map((broker) => broker[Symbol.asyncDispose]()));
    await this.#controllers[Symbol.asyncDispose]();
  }
}
