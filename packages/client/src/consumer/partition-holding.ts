import { MillraceError } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import type { Holding } from "./holding.ts";
import type { ConsumerSettings, PartitionsOptions } from "./options.ts";
import type { Reading } from "./reading.ts";
import type { Beginning } from "./starting.ts";

export interface PartitionHoldingOptions {
  readonly topics: readonly string[];
  readonly partitions: PartitionsOptions["partitions"];
  readonly settings: ConsumerSettings;
  /** A topic is looked for so long. */
  readonly timeoutMs: number;
  readonly failed: (error: MillraceError) => void;
}

/** Holds the partitions that it was told to, and commits nothing. */
export class PartitionHolding implements Holding {
  readonly #cluster: Cluster;
  readonly #reading: Reading;
  readonly #options: PartitionHoldingOptions;
  #hasEnded = false;

  constructor(cluster: Cluster, reading: Reading, options: PartitionHoldingOptions) {
    this.#cluster = cluster;
    this.#reading = reading;
    this.#options = options;
  }

  start(): void {
    void this.#start();
  }

  async commit(): Promise<void> {}

  async end(): Promise<void> {
    this.#hasEnded = true;
  }

  async #start(): Promise<void> {
    try {
      await this.#reading.begin(await this.#beginnings(), () => !this.#hasEnded);
    } catch (error) {
      if (!this.#hasEnded) this.#options.failed(error as MillraceError);
    }
  }

  async #beginnings(): Promise<Beginning[]> {
    const { topics, partitions, settings, timeoutMs } = this.#options;
    const wanted = partitions === "all" ? topics : partitions.map(({ topic }) => topic);
    const views = await Promise.all([...new Set(wanted)].map((topic) => this.#cluster.topic(topic, { create: false, timeoutMs })));
    if (partitions === "all")
      return views.flatMap((view) => view.partitions.map(({ partition }) => ({ topic: view.name, partition, from: settings.from })));
    for (const { topic, partition } of partitions)
      if (views.find(({ name }) => name === topic)?.partitions[partition] === undefined)
        throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic, partition });
    return partitions.map(({ topic, partition, from = settings.from }) => ({ topic, partition, from }));
  }
}
