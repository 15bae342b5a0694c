import { MiB } from "@millrace/vocabulary";
import { runTogether } from "./together.ts";

/** What one or more producers are told to do. */
export interface ProducerLoad {
  /** Bytes of each record's value. */
  readonly size: number;
  /** Records of all producers together. */
  readonly records: number;
  readonly acks: string;
  readonly compression: string;
  readonly producers: number;
  /** Records a second, of all producers together; -1: as many as possible. */
  readonly throughput: number;
  /** More of the producer's own settings, `key=value` each. */
  readonly properties: readonly string[];
}

/** What the tool measured. */
export interface ProducerFigures {
  readonly recordsPerSecond: number;
  readonly mebibytesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What one producer said at its end. */
interface ProducerSummary {
  readonly records: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What all producers buffer together, however many there are: the default of one. */
const bufferBytes = 32 * MiB;

/** Runs Kafka's producer-perf-test, as many at once as there are producers. */
export async function runProducers(bootstrap: string, topic: string, load: ProducerLoad): Promise<ProducerFigures> {
  const text = await runTogether("org.apache.kafka.tools.ProducerPerformance", load.producers, argumentsOf(bootstrap, topic, load));
  return producerFigures(parseProducerPerf(text, load.producers), load.size);
}

/** The rate is that of all records until the last producer was done; of latencies the worst producer's count. */
export function producerFigures(all: readonly ProducerSummary[], size: number): ProducerFigures {
  const seconds = Math.max(...all.map((summary) => summary.seconds));
  const recordsPerSecond = all.reduce((sum, { records }) => sum + records, 0) / seconds;
  return {
    recordsPerSecond,
    mebibytesPerSecond: (recordsPerSecond * size) / MiB,
    p50Ms: Math.max(...all.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...all.map(({ p99Ms }) => p99Ms)),
  };
}

function argumentsOf(bootstrap: string, topic: string, { size, acks, compression, producers, ...load }: ProducerLoad): string[] {
  const records = String(Math.round(load.records / producers));
  const throughput = String(load.throughput < 0 ? -1 : Math.round(load.throughput / producers));
  const buffer = `buffer.memory=${Math.round(bufferBytes / producers)}`;
  const properties = [`acks=${acks}`, `compression.type=${compression}`, buffer, ...load.properties];
  const what = ["--bootstrap-server", bootstrap, "--topic", topic, "--num-records", records, "--record-size", String(size)];
  return [...what, "--throughput", throughput, "--reporting-interval", "600000", "--command-property", ...properties];
}

/** Reads the summary of each producer. Throws where one is missing. */
export function parseProducerPerf(text: string, producers: number): ProducerSummary[] {
  const summary = /(\d+) records sent, ([\d.]+) records\/sec .* (\d+) ms 50th, \d+ ms 95th, (\d+) ms 99th/g;
  const found = [...text.matchAll(summary)].map((match) => match.slice(1).map(Number));
  if (found.length !== producers) throw new Error(`of ${producers} producers ${found.length} came to their end: ${text}`);
  return found.map(([records, rate, p50Ms, p99Ms]) => ({ records: records!, seconds: records! / rate!, p50Ms: p50Ms!, p99Ms: p99Ms! }));
}
