import { kafkaTool } from "../../e2e/support/kafka-tools.ts";

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

/** A slow machine must not end a run that goes on. */
const timeoutMs = 600_000;

/** Runs Kafka's producer-perf-test, as many at once as there are producers. Rates add up; of latencies the worst producer's count. */
export async function runProducers(bootstrap: string, topic: string, load: ProducerLoad): Promise<ProducerFigures> {
  const all = await Promise.all(Array.from({ length: load.producers }, () => runProducer(bootstrap, topic, load)));
  const sumOf = (figure: keyof ProducerFigures) => all.reduce((sum, figures) => sum + figures[figure], 0);
  const maxOf = (figure: keyof ProducerFigures) => Math.max(...all.map((figures) => figures[figure]));
  return {
    recordsPerSecond: sumOf("recordsPerSecond"),
    mebibytesPerSecond: sumOf("mebibytesPerSecond"),
    p50Ms: maxOf("p50Ms"),
    p99Ms: maxOf("p99Ms"),
  };
}

async function runProducer(bootstrap: string, topic: string, load: ProducerLoad): Promise<ProducerFigures> {
  const records = String(Math.round(load.records / load.producers));
  const throughput = String(load.throughput < 0 ? -1 : Math.round(load.throughput / load.producers));
  const properties = [`acks=${load.acks}`, `compression.type=${load.compression}`, ...load.properties];
  const what = ["--bootstrap-server", bootstrap, "--topic", topic, "--num-records", records, "--record-size", String(load.size)];
  const how = ["--throughput", throughput, "--reporting-interval", "600000", "--command-property", ...properties];
  const { code, stdout, stderr } = await kafkaTool("kafka-producer-perf-test", [...what, ...how], { timeoutMs });
  const text = stdout.toString();
  if (code !== 0) throw new Error(`producer-perf-test failed:\n${text}${stderr}`);
  return parseProducerPerf(text);
}

/** Reads the summary, which is the last line. */
export function parseProducerPerf(text: string): ProducerFigures {
  const summary = text.trimEnd().split("\n").at(-1)!;
  const numbers = /([\d.]+) records\/sec \(([\d.]+) MB\/sec\).* (\d+) ms 50th, \d+ ms 95th, (\d+) ms 99th/.exec(summary);
  if (numbers === null) throw new Error(`producer-perf-test said something else: ${summary}`);
  const [recordsPerSecond, mebibytesPerSecond, p50Ms, p99Ms] = numbers.slice(1).map(Number);
  return { recordsPerSecond: recordsPerSecond!, mebibytesPerSecond: mebibytesPerSecond!, p50Ms: p50Ms!, p99Ms: p99Ms! };
}
