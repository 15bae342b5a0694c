import { runTogether } from "./together.ts";

/** What all consumers got together, from the first fetch on: joining the group is left out. */
export interface ConsumerFigures {
  readonly mebibytesPerSecond: number;
  readonly recordsPerSecond: number;
}

/** Runs Kafka's consumer-perf-test, as many at once as asked; each is a group of its own and reads the whole topic from its beginning. */
export async function runConsumers(bootstrap: string, topic: string, records: number, consumers: number): Promise<ConsumerFigures> {
  const args = ["--bootstrap-server", bootstrap, "--topic", topic, "--num-records", String(records), "--timeout", "60000", "--hide-header"];
  return parseConsumerPerf(await runTogether("org.apache.kafka.tools.ConsumerPerformance", consumers, args), records, consumers);
}

/**
 * Reads a line of each consumer: start and end, MB, MB/s, records, records/s, milliseconds of rebalancing and of fetching, and both rates
 * again without the rebalancing. The rate is that of all until the slowest was done. Throws where a line is missing or fewer than
 * `records` came: the tool gives up without saying so.
 */
export function parseConsumerPerf(text: string, records: number, consumers: number): ConsumerFigures {
  const lines = text.split("\n").map((line) => line.split(",").slice(2).map(Number));
  const found = lines.filter((fields) => fields.length === 8 && !fields.some(Number.isNaN));
  if (found.length !== consumers) throw new Error(`of ${consumers} consumers ${found.length} came to their end: ${text}`);
  for (const [, , got] of found) if (got! < records) throw new Error(`consumer-perf-test got ${got} of ${records} records`);
  const seconds = Math.max(...found.map((fields) => fields[5]!)) / 1000;
  const sumOf = (field: number) => found.reduce((sum, fields) => sum + fields[field]!, 0);
  return { mebibytesPerSecond: sumOf(0) / seconds, recordsPerSecond: sumOf(2) / seconds };
}
