import type { Partition } from "@millrace/replication";
import { BatchView } from "@millrace/records";
import type { SimulatedCluster } from "./simulated-cluster.ts";
import type { Acks, SimulatedClient } from "./simulated-client.ts";

/** How long a writer waits before it looks for the leader again. */
const pauseMs = 20;

/** The only partition of a topic that every broker of a cluster has a replica of, and those who write to it. */
export class ReplicatedTopic {
  readonly name = "orders";
  readonly cluster: SimulatedCluster;
  /** What was acknowledged, by offset. */
  readonly acknowledged: Map<number, string> = new Map();
  #values = 0;
  #isWriting = false;

  private constructor(cluster: SimulatedCluster) {
    this.cluster = cluster;
  }

  static async make(cluster: SimulatedCluster, configs: Readonly<Record<string, string>> = {}): Promise<ReplicatedTopic> {
    const topic = new ReplicatedTopic(cluster);
    await (await cluster.connect(1)).createTopic(topic.name, configs, 3);
    await cluster.pass(200);
    return topic;
  }

  get leader(): number {
    return this.cluster.leaderOf(this.name)!;
  }

  /** The ISR that the controller has committed. */
  get isr(): number[] {
    return [...this.cluster.controller.image.topics.byName(this.name)!.partitions[0]!.isr].sort();
  }

  replica(id: number): Partition {
    const { id: topicId } = this.cluster.controller.image.topics.byName(this.name)!;
    return this.cluster.broker(id).broker.replicas.partition(topicId, 0)!;
  }

  /** A connection to the leader, as the controller has it. */
  client(): Promise<SimulatedClient> {
    return this.cluster.connect(this.leader);
  }

  /** Writes one value. */
  async produce(value: string, acks: Acks = -1): Promise<{ code: string; offset: number }> {
    return this.cluster.world.drive((await this.client()).produce(this.name, value, acks));
  }

  /** Every value by its offset, as a consumer gets them. */
  async readAll(): Promise<Map<number, string>> {
    return (await this.client()).readAll(this.name);
  }

  /** Begins to write values, each once, from several connections at a time, whoever leads; `restMs` after each acknowledgement. */
  beginWriting(acks: Acks, writers = 4, restMs = 0): void {
    this.#isWriting = true;
    for (let writer = 0; writer < writers; writer++) void this.#write(acks, restMs);
  }

  endWriting(): void {
    this.#isWriting = false;
  }

  /** Values that were acknowledged, and are not where they were said to be. */
  async lost(): Promise<string[]> {
    const stored = await this.readAll();
    return [...this.acknowledged].filter(([offset, value]) => stored.get(offset) !== value).map(([, value]) => value);
  }

  /** Where the batches of a replica begin, with their checksums and leader epochs, up to what is committed. */
  async batches(id: number): Promise<string[]> {
    const { log, highWatermark } = this.replica(id);
    const found: string[] = [];
    for (let from = log.logStart; from < highWatermark;) {
      const read = await this.cluster.world.drive(
        Promise.resolve(log.read(from, { bytesMax: 1 << 20, upTo: highWatermark, firstBatchWhole: true })),
      );
      const bytes = Buffer.concat(read.parts);
      const view = new BatchView(bytes);
      for (let at = 0; at < bytes.length; at += view.sizeBytes) {
        view.moveTo(at);
        found.push(`${view.baseOffset} epoch=${view.leaderEpoch} ${bytes.toString("hex", at + 17, at + 21)}`);
      }
      from = read.nextOffset;
    }
    return found;
  }

  async #write(acks: Acks, restMs: number): Promise<void> {
    while (this.#isWriting) {
      try {
        const client = await this.#reach();
        while (this.#isWriting && !client.isClosed && (await this.#writeOne(client, acks))) await this.#pause(restMs);
        client.close();
      } catch {
        await this.#pause(pauseMs);
      }
    }
  }

  async #writeOne(client: SimulatedClient, acks: Acks): Promise<boolean> {
    const value = `value-${this.#values++}`;
    const { code, offset } = await client.produce(this.name, value, acks);
    if (code === "NONE") this.acknowledged.set(offset, value);
    else await this.#pause(pauseMs);
    return code === "NONE";
  }

  #reach(): Promise<SimulatedClient> {
    const { leader } = this;
    return leader < 1 ? Promise.reject(new Error("nobody leads")) : this.cluster.reach(leader);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.cluster.world.process("client").clock.timer(ms, resolve));
  }
}
