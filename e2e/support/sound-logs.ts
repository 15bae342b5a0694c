import { readdirSync } from "node:fs";
import { join } from "node:path";
import { kafkaTool } from "./kafka-tools.ts";

/** Segments that one run of the tool is given: its command line has an end. */
const segmentsPerRun = 200;

/** What Kafka's own dump-log finds wrong in any segment below a broker's `logs`; a line each. `kafkaToolsMissing` must have been asked. */
export async function faultsInLogs(logs: string): Promise<string[]> {
  const segments = readdirSync(logs, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".log"))
    .sort()
    .map((file) => join(logs, file));
  const faults: string[] = [];
  for (let from = 0; from < segments.length; from += segmentsPerRun)
    faults.push(...(await faultsIn(segments.slice(from, from + segmentsPerRun))));
  return faults;
}

async function faultsIn(segments: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await kafkaTool("kafka-dump-log", ["--deep-iteration", "--files", segments.join(",")], {
    timeoutMs: 600_000,
  });
  // The tool expects every segment to begin at offset 0, Kafka's own too.
  const complaints = stderr
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("Non-consecutive offsets in") && !line.includes("  -1 is followed by"));
  const invalid = stdout
    .toString("latin1")
    .split("\n")
    .filter((line) => /isvalid: false|Found .* invalid|Mismatches/.test(line));
  return [...(code === 0 ? [] : [`dump-log ended with ${code}`]), ...complaints, ...invalid];
}

/** The batches in the segments of one log as Kafka's dump-log sees them: offsets, leader epoch, producer, checksum. */
export async function batchesIn(log: string): Promise<string[]> {
  const segments = readdirSync(log)
    .filter((file) => file.endsWith(".log"))
    .sort()
    .map((file) => join(log, file));
  const { stdout } = await kafkaTool("kafka-dump-log", ["--files", segments.join(",")], { timeoutMs: 600_000 });
  return stdout
    .toString("latin1")
    .split("\n")
    .filter((line) => line.startsWith("baseOffset: "))
    .map((line) => line.replace(/ position: \d+/, "").replace(/CreateTime: \d+ /, ""));
}
