import { MiB } from "@millrace/vocabulary";
import { BrokerProcess } from "../support/broker-process.ts";
import { readMetric } from "../support/metrics.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

const topic = "orders";
const partitions = 16;
/** Close to the largest that topics take. */
const batchBytes = 1_000_000;
/** On one connection, as Kafka's producers have it. */
const inFlight = 5;
/** How long the broker is written to before it is killed, and how fast: 16 MB/s, which every disk follows. */
const loadMs = 3_000;
const loadPauseMs = 1_000;
/** While the disk works off what the filling left, syncs come at least so often. */
const quietMs = 2_000;

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

/** What a start after a crash may read: what the flusher may be behind, twice, and something for every byte there is. */
function readBytesMaxOf(storedBytes: number): number {
  return 128 * MiB + storedBytes / 100;
}

/**
 * Fills a broker, kills it under load, and looks at what its next start costs. The filling may be faster than the disk, and then
 * recovery points fall behind it: they are given the time to catch up before the load begins.
 */
export async function recoverUnderLoad({ bytes, segmentBytes, onProgress }: RecoveryOptions): Promise<RecoveryReport> {
  let broker = await BrokerProcess.start();
  try {
    const filling = new Filling(broker.bootstrap, onProgress);
    await filling.begin(segmentBytes);
    await filling.write(bytes);
    await quiet(broker.bootstrap);
    const more = filling.write(Infinity, loadPauseMs);
    await new Promise((resolve) => setTimeout(resolve, loadMs));
    await broker.kill("SIGKILL");
    await more;

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

/** Resolves when nothing more is synced: recovery points are where they are meant to be. */
async function quiet(bootstrap: string): Promise<void> {
  for (let before = -1; ;) {
    const syncs = await readMetric(bootstrap, "millrace_storage_syncs_total");
    if (syncs === before) return;
    before = syncs;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }
}

async function restarted({ directory }: BrokerProcess): Promise<{ broker: BrokerProcess; readyMs: number }> {
  const beganMs = performance.now();
  const broker = await BrokerProcess.start({ directory });
  return { broker, readyMs: performance.now() - beganMs };
}

/** Large batches to every partition, by one connection each. */
class Filling {
  readonly #bootstrap: string;
  readonly #onProgress: ((writtenBytes: number) => void) | undefined;
  readonly #batch: Buffer = batchOf(["x".repeat(batchBytes)]);
  /** By partition, one past the newest record that was acknowledged. */
  readonly #ends = Array.from({ length: partitions }, () => 0);
  writtenBytes = 0;
  #toldBytes = 0;

  constructor(bootstrap: string, onProgress: ((writtenBytes: number) => void) | undefined) {
    this.#bootstrap = bootstrap;
    this.#onProgress = onProgress;
  }

  async begin(segmentBytes: number): Promise<void> {
    using client = await WireClient.connect(this.#bootstrap);
    await createTopic(client, topic, { partitions, configs: { "segment.bytes": String(segmentBytes) } });
  }

  /** Until so much is written altogether, or the broker is gone; with a pause after each batch of a partition, where one is given. */
  async write(bytes: number, pauseMs?: number): Promise<void> {
    await Promise.all(this.#ends.map((_, partition) => this.#writeTo(partition, bytes, pauseMs).catch(() => {})));
  }

  async shortPartitions(bootstrap: string): Promise<number[]> {
    using client = await WireClient.connect(bootstrap);
    const short: number[] = [];
    for (const [partition, end] of this.#ends.entries())
      if ((await fetchOne(client, topic, end, { partition })).code !== "NONE") short.push(partition);
    return short;
  }

  async #writeTo(partition: number, bytes: number, pauseMs: number | undefined): Promise<void> {
    using client = await WireClient.connect(this.#bootstrap);
    const write = async () => {
      while (this.writtenBytes < bytes) {
        const { code, baseOffset } = await produceBatch(client, topic, this.#batch, { acks: 1, partition });
        if (code !== "NONE") throw new Error(code);
        this.#ends[partition] = Math.max(this.#ends[partition]!, baseOffset + 1);
        this.#note(this.#batch.length);
        if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    await Promise.all(Array.from({ length: pauseMs === undefined ? inFlight : 1 }, write));
  }

  #note(bytes: number): void {
    this.writtenBytes += bytes;
    if (this.writtenBytes - this.#toldBytes < 1e9) return;
    this.#toldBytes = this.writtenBytes;
    this.#onProgress?.(this.writtenBytes);
  }
}
