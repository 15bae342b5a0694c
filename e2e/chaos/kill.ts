import { join } from "node:path";
import * as fc from "fast-check";
import { BrokerProcess } from "../support/broker-process.ts";
import { kafkaToolsMissing } from "../support/kafka-tools.ts";
import { faultsInLogs } from "../support/sound-logs.ts";
import { createTopic } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import { type Anomaly, History } from "./history.ts";
import { Load, sightings } from "./load.ts";
import { OffsetRegister } from "./offset-register.ts";

const topic = "orders";
const partitions = 6;
/** How long a broker serves before it is killed. */
const lifeMsMin = 100;
const lifeMsMax = 1_500;

export interface KillOptions {
  readonly kills: number;
  /** Of the moments. */
  readonly seed: number;
  /** Told after each restart. */
  readonly onKill?: (killed: number, acknowledged: number) => void;
}

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly committedOffsets: number;
  readonly anomalies: readonly Anomaly[];
  readonly offsetFaults: readonly string[];
  /** Of sends, by code: none is expected, since producers try again. */
  readonly sendFailures: Readonly<Record<string, number>>;
  /** What Kafka's dump-log found; undefined where it cannot run. */
  readonly logFaults: readonly string[] | undefined;
}

/** Kills a broker under load at random moments, again and again, and then holds what it has against what it acknowledged. */
export async function killUnderLoad({ kills, seed, onKill }: KillOptions): Promise<KillReport> {
  let broker = await BrokerProcess.start();
  try {
    const history = new History(partitions);
    using first = await WireClient.connect(broker.bootstrap);
    await createTopic(first, topic, { partitions, configs: { "segment.bytes": "1048576" } });
    const acks = ["all", "leader", "all", "leader"] as const;
    const load = new Load({ bootstrap: broker.bootstrap, topic, partitions, acks, valueBytes: 300 }, history);
    const register = new OffsetRegister(topic, () => broker.bootstrap);
    for (const [index, lifeMs] of fc.sample(fc.integer({ min: lifeMsMin, max: lifeMsMax }), { numRuns: kills, seed }).entries()) {
      await new Promise((resolve) => setTimeout(resolve, lifeMs));
      broker = await broker.restart("SIGKILL");
      onKill?.(index + 1, history.acknowledged);
    }
    await load.stop();
    await register.stop();
    using reader = await WireClient.connect(broker.bootstrap);
    const anomalies = await history.check((partition) => sightings(reader, topic, partition));
    await broker.kill("SIGTERM");
    const logs = join(broker.directory, "broker-1/logs");
    return {
      kills,
      acknowledged: history.acknowledged,
      committedOffsets: register.acknowledged,
      anomalies,
      offsetFaults: register.faults,
      sendFailures: Object.fromEntries(load.failures),
      logFaults: (await kafkaToolsMissing()) === undefined ? await faultsInLogs(logs) : undefined,
    };
  } finally {
    await broker[Symbol.asyncDispose]();
  }
}
