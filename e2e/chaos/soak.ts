import { readdirSync } from "node:fs";
import { BrokerProcess } from "../support/broker-process.ts";
import { collectable, settledMemory } from "../support/process-memory.ts";
import { createTopic, fetchOne } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import { type Anomaly, History } from "./history.ts";
import { GroupReader } from "./group-reader.ts";
import { Load, sightings } from "./load.ts";
import { OffsetRegister } from "./offset-register.ts";

const topic = "orders";
const partitions = 6;
const catchUpMs = 120_000;

export interface SoakOptions {
  readonly durationMs: number;
  /** From one kill -9 to the next. */
  readonly crashEveryMs: number;
  readonly recordsPerSecond: number;
  /** Told before each crash, and at the end. */
  readonly onSample?: (sample: SoakSample) => void;
}

/**
 * What a broker held just before it was killed, its garbage collected: at the same age each time, so that only what the data make of
 * it differs.
 */
export interface SoakSample {
  readonly atMs: number;
  readonly residentBytes: number;
  /** Open descriptors: files and sockets. */
  readonly handles: number;
  readonly acknowledged: number;
}

export interface SoakReport {
  readonly samples: readonly SoakSample[];
  /** By the line that fits the samples best. */
  readonly residentBytesPerHour: number;
  readonly handlesPerHour: number;
  readonly acknowledged: number;
  readonly received: number;
  readonly repeated: number;
  readonly anomalies: readonly Anomaly[];
  /** Of committed offsets and of the reader, in words. */
  readonly faults: readonly string[];
  readonly sendFailures: Readonly<Record<string, number>>;
}

/** Producers, a group and committed offsets on one broker that crashes again and again; then everything is held against what was told. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  let broker = await BrokerProcess.start({ environment: collectable });
  try {
    using first = await WireClient.connect(broker.bootstrap);
    await createTopic(first, topic, { partitions, configs: { "segment.bytes": "16777216" } });
    const history = new History(partitions);
    const { recordsPerSecond } = options;
    const { bootstrap } = broker;
    const load = new Load({ bootstrap, topic, partitions, acks: ["all", "leader"], valueBytes: 200, recordsPerSecond }, history);
    const register = new OffsetRegister(topic, () => bootstrap);
    const reader = new GroupReader(bootstrap, topic);
    const samples: SoakSample[] = [];
    const beganMs = performance.now();
    while (performance.now() - beganMs < options.durationMs) {
      await new Promise((resolve) => setTimeout(resolve, options.crashEveryMs));
      samples.push(await sampleOf(broker, performance.now() - beganMs, history));
      options.onSample?.(samples.at(-1)!);
      broker = await broker.restart("SIGKILL", { environment: collectable });
    }
    await load.stop();
    await register.stop();
    using client = await WireClient.connect(bootstrap);
    await reader.caughtUp(await endsOf(client), catchUpMs);
    await reader.stop();
    return {
      samples,
      residentBytesPerHour: slopePerHour(samples.map(({ atMs, residentBytes }) => [atMs, residentBytes])),
      handlesPerHour: slopePerHour(samples.map(({ atMs, handles }) => [atMs, handles])),
      acknowledged: history.acknowledged,
      received: reader.received,
      repeated: reader.repeated,
      anomalies: await history.check((partition) => sightings(client, topic, partition)),
      faults: [...register.faults, ...reader.faults],
      sendFailures: Object.fromEntries(load.failures),
    };
  } finally {
    await broker[Symbol.asyncDispose]();
  }
}

async function sampleOf(broker: BrokerProcess, atMs: number, { acknowledged }: History): Promise<SoakSample> {
  const handles = readdirSync(`/proc/${broker.pid}/fd`).length;
  const { residentBytes } = await settledMemory(broker);
  return { atMs: Math.round(atMs), residentBytes, handles, acknowledged };
}

async function endsOf(client: WireClient): Promise<number[]> {
  const ends: number[] = [];
  for (let partition = 0; partition < partitions; partition++) ends.push((await fetchOne(client, topic, 0, { partition })).highWatermark);
  return ends;
}

/** The slope of the line with the least squares. */
function slopePerHour(points: readonly (readonly [atMs: number, value: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanMs, meanValue] = [mean(points.map(([atMs]) => atMs)), mean(points.map(([, value]) => value))];
  const spread = points.reduce((sum, [atMs]) => sum + (atMs - meanMs) ** 2, 0);
  const common = points.reduce((sum, [atMs, value]) => sum + (atMs - meanMs) * (value - meanValue), 0);
  return spread === 0 ? 0 : (common / spread) * 3_600_000;
}
