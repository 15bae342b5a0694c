import { connect, text, topic } from "@millrace/client";
import type { Polled } from "../checker/operations.ts";
import { type Process, valueIn } from "./recorder.ts";
import type { StartWorkload, Target } from "./workload.ts";

const readers = 2;
/** After so long a reader gives up its client and goes on with a new one. */
const lifeMs = 15_000;
/** A new life reads so much of each partition again: what was read once must stay as it was. */
const againRecords = 200;
/** What comes within this time counts as one poll. */
const gatherMs = 100;

/** The SDK's consumer, which reads all partitions. */
export const sdkConsumers: StartWorkload = (target, recorder) => {
  const stop = new AbortController();
  const faults: string[] = [];
  const run = async (reader: Reader) => {
    while (!stop.signal.aborted) await reader.live(stop.signal).catch((error: unknown) => faults.push(`consumer: ${String(error)}`));
  };
  const running = Array.from({ length: readers }, () => run(new Reader(target, recorder.process())));
  return {
    faults,
    async stop() {
      stop.abort();
      await Promise.all(running);
    },
  };
};

/** One process that reads, with one client after the other. */
class Reader {
  readonly #target: Target;
  readonly #process: Process;
  /** By partition: the newest offset that has come. */
  readonly #newest: number[];
  #gathered: Polled[] = [];

  constructor(target: Target, process: Process) {
    this.#target = target;
    this.#process = process;
    this.#newest = Array.from({ length: target.partitions }, () => 0);
  }

  /** Reads with one client, until its time is over. */
  async live(stop: AbortSignal): Promise<void> {
    const { bootstrap, topic: name } = this.#target;
    this.#process.assigned([...this.#newest.keys()]);
    const mill = connect(bootstrap, { signals: false });
    const partitions = this.#newest.map((newest, partition) => ({ topic: name, partition, from: Math.max(0, newest - againRecords) }));
    const consumer = mill.consumer([topic(name, { value: text })], { partitions });
    const over = AbortSignal.any([stop, AbortSignal.timeout(lifeMs)]);
    const ended = new Promise<void>((resolve) => over.addEventListener("abort", () => resolve(), { once: true }));
    const reading = consumer.run(({ partition, offset, value }) => this.#take(partition, offset, value));
    const timer = setInterval(() => this.#poll(), gatherMs);
    try {
      await Promise.race([reading, ended]);
    } finally {
      clearInterval(timer);
      await mill.close();
      await reading.catch(() => {}); // told by the race, where it came first
      this.#poll();
      this.#process.crashed();
    }
  }

  #take(partition: number, offset: number, value: string): void {
    this.#newest[partition] = Math.max(this.#newest[partition]!, offset);
    this.#gathered.push({ partition, offset, value: valueIn(value) });
  }

  #poll(): void {
    this.#process.polled(this.#process.nowMs, this.#gathered);
    this.#gathered = [];
  }
}
