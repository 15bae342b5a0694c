import { type Anomaly, History } from "../chaos/history.ts";
import { sightings } from "../chaos/load.ts";
import { batchOf, createTopic, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

const topic = "bystander";
const valueBytes = 100;
/** Between two records: enough of them to notice, few enough to leave the broker to the others. */
const pauseMs = 5;

/** An honest client of the same broker: produces one record after the other, and notices whatever is not as it should be. */
export class Bystander {
  readonly #client: WireClient;
  readonly #history = new History(1);
  readonly #running: Promise<void>;
  #isStopped = false;
  /** What it was told beside acknowledgements. */
  readonly faults: string[] = [];

  private constructor(client: WireClient) {
    this.#client = client;
    this.#running = this.#run().catch((error: unknown) => void this.faults.push(String(error)));
  }

  static async start(bootstrap: string): Promise<Bystander> {
    const client = await WireClient.connect(bootstrap);
    await createTopic(client, topic);
    return new Bystander(client);
  }

  get acknowledged(): number {
    return this.#history.acknowledged;
  }

  /** Produces no more, reads everything back, and says what is wrong with it. */
  async stop(): Promise<Anomaly[]> {
    this.#isStopped = true;
    await this.#running;
    using client = this.#client;
    return await this.#history.check((partition) => sightings(client, topic, partition));
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const sequence = this.#history.send(0, 0);
      const { code, baseOffset } = await produceBatch(this.#client, topic, batchOf([`0 ${sequence} `.padEnd(valueBytes, "x")]));
      if (code === "NONE") this.#history.acknowledge(0, 0, sequence, baseOffset);
      else this.faults.push(`record ${sequence}: ${code}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
