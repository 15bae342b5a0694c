import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Mill, text, topic } from "@millrace/client";

const beatMs = 25;

/** The longest silence of each partition, and the last time that something was heard of it. */
class Silences {
  readonly #lastMs: number[];
  readonly #longestMs: number[];

  constructor(partitions: number) {
    this.#lastMs = Array.from({ length: partitions }, () => performance.now());
    this.#longestMs = Array.from({ length: partitions }, () => 0);
  }

  heard(partition: number): void {
    const nowMs = performance.now();
    this.#longestMs[partition] = Math.max(this.#longestMs[partition]!, nowMs - this.#lastMs[partition]!);
    this.#lastMs[partition] = nowMs;
  }

  watch(): void {
    this.#longestMs.fill(0);
  }

  /** Of the partition that was silent longest, up to now. */
  get worstMs(): number {
    const nowMs = performance.now();
    return Math.max(...this.#longestMs.map((longest, partition) => Math.max(longest, nowMs - this.#lastMs[partition]!)));
  }
}

/** An application of the SDK, at its defaults: it writes to every partition of a topic steadily, and reads them as a group. */
export class SdkLoad {
  /** Sends that the producer gave up, and whatever ended the consumer. */
  errors = 0;
  readonly #mill: Mill;
  readonly #acknowledged: Silences;
  readonly #read: Silences;
  readonly #seen = new Set<number>();
  readonly #running: Promise<unknown>;
  #isStopped = false;

  private constructor(bootstrap: string, name: string, partitions: number) {
    this.#mill = connect(bootstrap, { signals: false });
    this.#acknowledged = new Silences(partitions);
    this.#read = new Silences(partitions);
    const failed = () => {
      if (!this.#isStopped) this.errors++;
    };
    this.#running = Promise.all([this.#write(name, partitions, failed), this.#consume(name).catch(failed)]);
  }

  /** Resolves when a record of every partition has been read. */
  static async start({ bootstrap, topic: name, partitions }: { bootstrap: string; topic: string; partitions: number }): Promise<SdkLoad> {
    const load = new SdkLoad(bootstrap, name, partitions);
    while (load.#seen.size < partitions) await sleep(beatMs);
    return load;
  }

  /** From now on silences count. */
  watch(): void {
    this.#acknowledged.watch();
    this.#read.watch();
  }

  /** The longest silences since `watch`, of the partitions that waited longest: for an acknowledgement, and for a record. */
  get worst(): { readonly sendMs: number; readonly readMs: number } {
    return { sendMs: this.#acknowledged.worstMs, readMs: this.#read.worstMs };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#mill.close();
    await this.#running;
  }

  async #write(name: string, partitions: number, failed: () => void): Promise<void> {
    const written = topic(name, { key: text, value: text });
    const producer = this.#mill.producer();
    for (; !this.#isStopped; await sleep(beatMs))
      for (let partition = 0; partition < partitions; partition++)
        void producer.send(written, { key: "k", value: "v", partition }).then(() => this.#acknowledged.heard(partition), failed);
  }

  async #consume(name: string): Promise<void> {
    const consumer = this.#mill.consumer([topic(name, { key: text, value: text })], { group: `gap-${name}`, from: "latest" });
    for await (const record of consumer) {
      this.#seen.add(record.partition);
      this.#read.heard(record.partition);
      consumer.done(record);
    }
  }
}
