import { MiB } from "@millrace/vocabulary";
import { BrokerProcess } from "../support/broker-process.ts";
import { readMetric } from "../support/metrics.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

const topic = "orders";
const partitions = 16;
/** Each writes to its share of the partitions, over one connection. */
const producers = 4;
/** Close to the largest that topics take. */
const batchBytes = 1_000_000;
/** On one connection, as Kafka's producers have it. */
const inFlight = 5;
export interface RecoveryOptions {
  readonly bytes: number;
  readonly segmentBytes: number;
  /** Told now and then while the data are written. */
  readonly onProgress?: (writtenBytes: number) => void;
}

export interface RecoveryReport {
  readonly writtenBytes: number;
  /** Read from files between the start and the first look, by the broker's own count. */
  readonly readBytes: number;
  readonly readBytesMax: number;
  /** From the start of the process until it says that it serves. */
  readonly readyMs: number;
  /** From the start of the same process after an orderly stop: what of it recovery does not cost. */
  readonly cleanReadyMs: number;
  /** Partitions that end below what was acknowledged. */
  readonly short: readonly number[];
}

/** What a start after a crash may read: what written points may be behind, and something for every byte there is. */
function readBytesMaxOf(storedBytes: number): number {
  return 128 * MiB + storedBytes / 100;
}

/** Fills a broker as fast as it takes it, whatever the disk can follow, kills it in the midst of that, and looks at what its next start costs. */
export async function recoverUnderLoad({ bytes, segmentBytes, onProgress }: RecoveryOptions): Promise<RecoveryReport> {
  let broker = await BrokerProcess.start();
  try {
    const filling = new Filling(broker.bootstrap, onProgress);
    await filling.begin(segmentBytes);
    const filled = filling.untilWritten(bytes);
    const writing = filling.write();
    await filled;
    await broker.kill("SIGKILL");
    await writing;

    const crashed = await restarted(broker);
    broker = crashed.broker;
    const readBytes = await readMetric(broker.bootstrap, "millrace_storage_read_bytes_total");
    const short = await filling.shortPartitions(broker.bootstrap);
    await broker.kill("SIGTERM");
    const clean = await restarted(broker);
    broker = clean.broker;
    const readBytesMax = readBytesMaxOf(filling.writtenBytes);
    return { writtenBytes: filling.writtenBytes, readBytes, readBytesMax, readyMs: crashed.readyMs, cleanReadyMs: clean.readyMs, short };
  } finally {
    await broker[Symbol.asyncDispose]();
  }
}

async function restarted({ directory }: BrokerProcess): Promise<{ broker: BrokerProcess; readyMs: number }> {
  const beganMs = performance.now();
  const broker = await BrokerProcess.start({ directory });
  return { broker, readyMs: performance.now() - beganMs };
}

/** Large batches to every partition, as fast as they are taken. */
class Filling {
  readonly #bootstrap: string;
  readonly #onProgress: ((writtenBytes: number) => void) | undefined;
  readonly #batch: Buffer = batchOf(["x".repeat(batchBytes)]);
  /** By partition, one past the newest record that was acknowledged. */
  readonly #ends = Array.from({ length: partitions }, () => 0);
  writtenBytes = 0;
  #toldBytes = 0;
  #reached: { readonly bytes: number; readonly resolve: () => void } | undefined;

  constructor(bootstrap: string, onProgress: ((writtenBytes: number) => void) | undefined) {
    this.#bootstrap = bootstrap;
    this.#onProgress = onProgress;
  }

  async begin(segmentBytes: number): Promise<void> {
    using client = await WireClient.connect(this.#bootstrap);
    await createTopic(client, topic, { partitions, configs: { "segment.bytes": String(segmentBytes) } });
  }

  /** Until the broker is gone. */
  async write(): Promise<void> {
    await Promise.all(Array.from({ length: producers }, (_, producer) => this.#produce(producer).catch(() => {})));
  }

  /** Resolves when so much is written altogether. */
  untilWritten(bytes: number): Promise<void> {
    return new Promise((resolve) => (this.#reached = { bytes, resolve }));
  }

  async shortPartitions(bootstrap: string): Promise<number[]> {
    using client = await WireClient.connect(bootstrap);
    const short: number[] = [];
    for (const [partition, end] of this.#ends.entries())
      if ((await fetchOne(client, topic, end, { partition })).code !== "NONE") short.push(partition);
    return short;
  }

  async #produce(producer: number): Promise<void> {
    using client = await WireClient.connect(this.#bootstrap);
    const write = async (_: unknown, number: number) => {
      for (let turn = number; ; turn++) {
        const partition = producer + producers * (turn % (partitions / producers));
        const { code, baseOffset } = await produceBatch(client, topic, this.#batch, { acks: 1, partition });
        if (code !== "NONE") throw new Error(code);
        this.#ends[partition] = Math.max(this.#ends[partition]!, baseOffset + 1);
        this.#note(this.#batch.length);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, write));
  }

  #note(bytes: number): void {
    this.writtenBytes += bytes;
    if (this.#reached !== undefined && this.writtenBytes >= this.#reached.bytes) this.#reached.resolve();
    if (this.writtenBytes - this.#toldBytes < 1e9) return;
    this.#toldBytes = this.writtenBytes;
    this.#onProgress?.(this.writtenBytes);
  }
}
