import { kafkaTool } from "../../e2e/support/kafka-tools.ts";

/** What the tool measured, from the first fetch on: joining the group is left out. */
export interface ConsumerFigures {
  readonly mebibytesPerSecond: number;
  readonly recordsPerSecond: number;
}

/** A slow machine must not end a run that goes on. */
const timeoutMs = 600_000;

/** Runs Kafka's consumer-perf-test, which reads a topic from its beginning. */
export async function runConsumer(bootstrap: string, topic: string, records: number): Promise<ConsumerFigures> {
  const args = ["--bootstrap-server", bootstrap, "--topic", topic, "--num-records", String(records), "--timeout", "60000", "--hide-header"];
  const { code, stdout, stderr } = await kafkaTool("kafka-consumer-perf-test", args, { timeoutMs });
  const text = stdout.toString();
  if (code !== 0) throw new Error(`consumer-perf-test failed:\n${text}${stderr}`);
  return parseConsumerPerf(text, records);
}

/**
 * Reads the only line: start and end, MB, MB/s, records, records/s, milliseconds of rebalancing and of fetching, and both rates again
 * without the rebalancing. Throws where fewer than `records` came: the tool gives up without saying so.
 */
export function parseConsumerPerf(text: string, records: number): ConsumerFigures {
  const fields = text.trimEnd().split("\n").at(-1)!.split(",").slice(2).map(Number);
  if (fields.length !== 8 || fields.some(Number.isNaN)) throw new Error(`consumer-perf-test said something else: ${text}`);
  if (fields[2]! < records) throw new Error(`consumer-perf-test got ${fields[2]} of ${records} records`);
  return { mebibytesPerSecond: fields[6]!, recordsPerSecond: fields[7]! };
}
