import { setTimeout as sleep } from "node:timers/promises";
import { BatchView } from "@millrace/records";
import { fetchOne } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";

/** How long a fetch may wait for records; the next follows at once. */
const waitMs = 500;
const retryMs = 10;
const bytesMax = 4 * 2 ** 20;

/** Reads partition 0 of a topic from its beginning, one fetch after the other, and tells how far it has come. */
export class TimedConsumer {
  readonly #client: WireClient;
  readonly #topic: string;
  #offset = 0;
  /** Ascending: who asks later asks for more. */
  #waiting: { readonly offset: number; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  #isClosed = false;

  private constructor(client: WireClient, topic: string) {
    this.#client = client;
    this.#topic = topic;
  }

  /** Resolves once the leader serves: it may learn of a new topic a little later than the metadata say so. */
  static async connect(bootstrap: string, topic: string): Promise<TimedConsumer> {
    const client = await WireClient.connect(bootstrap);
    while ((await fetchOne(client, topic, 0)).code !== "NONE") await sleep(retryMs);
    const consumer = new TimedConsumer(client, topic);
    consumer.#follow().catch((error: Error) => consumer.#fail(error));
    return consumer;
  }

  /** Resolves when all records below an offset have come; rejects where the connection closes. */
  reached(offset: number): Promise<void> {
    if (this.#offset >= offset) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ offset, resolve, reject }));
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#client.close();
  }

  async #follow(): Promise<void> {
    while (!this.#isClosed) {
      const { code, records } = await fetchOne(this.#client, this.#topic, this.#offset, { waitMs, bytesMax, partitionBytesMax: bytesMax });
      if (code !== "NONE") throw new Error(`a fetch was refused: ${code}`);
      if (records !== null && records.length > 0) this.#came(records);
    }
  }

  /** The last batch may be cut off; what is told of it comes with the next fetch. */
  #came(records: Buffer): void {
    const view = new BatchView(records);
    for (let at = 0; at < records.length && at + view.moveTo(at).sizeBytes <= records.length; at += view.sizeBytes) {
      this.#offset = view.nextOffset;
    }
    const done = this.#waiting.findIndex(({ offset }) => offset > this.#offset);
    for (const { resolve } of this.#waiting.splice(0, done === -1 ? this.#waiting.length : done)) resolve();
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting = [];
  }
}
