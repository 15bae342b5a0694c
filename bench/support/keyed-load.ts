import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { kafkaClassPath } from "../../e2e/support/kafka-tools.ts";

/** Keys spread over partitions by their hash: so many that every partition gets some. */
const keysPerPartition = 20;
const lookMs = 20;
/**
 * The tool gives records up at the first failure, and Kafka's client waits 30 s for a broker that is silent: this is the client of an
 * application that waits for no broker longer than for a second.
 */
const clientSettings = ["retries=2147483647", "delivery.timeout.ms=120000", "request.timeout.ms=1000", "linger.ms=0"];

export interface KeyedLoadOptions {
  readonly bootstrap: string;
  readonly topic: string;
  readonly partitions: number;
  readonly recordsPerSecond: number;
  /** For a file of its own. */
  readonly folder: string;
}

/**
 * Kafka's verifiable producer, which writes to every partition of a topic steadily, with acks=all, and keeps note of when each was
 * acknowledged last. Needs Kafka's tools.
 */
export class KeyedLoad {
  readonly #child: ChildProcess;
  /** By partition: when an acknowledgement came last, in milliseconds of the wall clock. */
  readonly #lastMs: number[];
  /** By partition: the longest time between two acknowledgements of which the later one came since `watch`. */
  readonly #longestMs: number[];
  #watchedFromMs = Infinity;
  /** Sends that the producer gave up. */
  errors = 0;

  private constructor({ bootstrap, topic, partitions, recordsPerSecond, folder }: KeyedLoadOptions) {
    this.#lastMs = Array.from({ length: partitions }, () => 0);
    this.#longestMs = Array.from({ length: partitions }, () => 0);
    const load = ["--topic", topic, "--acks", "-1", "--throughput", String(recordsPerSecond)];
    const keys = ["--repeating-keys", String(partitions * keysPerPartition)];
    const tool = "org.apache.kafka.tools.VerifiableProducer";
    const settings = join(folder, "producer.properties");
    writeFileSync(settings, clientSettings.join("\n"));
    const client = ["--bootstrap-server", bootstrap, "--command-config", settings];
    const args = ["-Xmx256m", ...kafkaClassPath(), tool, ...client, ...load, ...keys];
    this.#child = spawn("java", args, { stdio: ["ignore", "pipe", "ignore"] });
    process.once("exit", this.#kill);
    createInterface({ input: this.#child.stdout! }).on("line", (line) => this.#hear(line));
  }

  /** Resolves when every partition has been acknowledged. */
  static async start(options: KeyedLoadOptions): Promise<KeyedLoad> {
    const load = new KeyedLoad(options);
    while (load.#lastMs.includes(0)) await sleep(lookMs);
    return load;
  }

  /** From now on silences count, those too that have begun. */
  watch(): void {
    this.#watchedFromMs = Date.now();
    this.#longestMs.fill(0);
  }

  /** By partition: its longest silence since `watch`, the present one with it. */
  get silencesMs(): number[] {
    const nowMs = Date.now();
    return this.#longestMs.map((longest, partition) => Math.max(longest, nowMs - this.#lastMs[partition]!));
  }

  /** Resolves when every partition has been acknowledged within the last so many milliseconds, or rejects after so long. */
  async flows(withinMs: number, timeoutMs: number): Promise<void> {
    for (const startMs = Date.now(); this.#lastMs.some((lastMs) => Date.now() - lastMs > withinMs); await sleep(lookMs))
      if (Date.now() - startMs > timeoutMs) throw new Error(`some partitions are still silent after ${timeoutMs} ms`);
  }

  async stop(): Promise<void> {
    process.off("exit", this.#kill);
    const ended = once(this.#child, "close");
    this.#kill();
    await ended;
  }

  readonly #kill = (): void => {
    this.#child.kill("SIGKILL");
  };

  #hear(line: string): void {
    const { name, partition, timestamp } = JSON.parse(line) as { name: string; partition?: number; timestamp: number };
    if (name === "producer_send_error") this.errors++;
    if (name !== "producer_send_success") return;
    const lastMs = this.#lastMs[partition!]!;
    if (timestamp >= this.#watchedFromMs && lastMs > 0)
      this.#longestMs[partition!] = Math.max(this.#longestMs[partition!]!, timestamp - lastMs);
    this.#lastMs[partition!] = timestamp;
  }
}
