import { setTimeout as sleep } from "node:timers/promises";
import { MiB } from "@millrace/vocabulary";
import { Dice } from "../fuzz/dice.ts";
import { kafkaToolsMissing } from "../support/kafka-tools.ts";
import { createTopic } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import { check, type Verdict } from "./checker/check.ts";
import type { Operation } from "./checker/operations.ts";
import { ChaosCluster } from "./cluster/chaos-cluster.ts";
import { type Fault, faults as commonFaults, fullDisk } from "./cluster/fault.ts";
import { type Gap, produceGaps } from "./gaps.ts";
import { smallDisk } from "./small-disk.ts";
import { readEverything } from "./workload/final-reading.ts";
import { kafkajsClients } from "./workload/kafkajs.ts";
import { Recorder } from "./workload/recorder.ts";
import { sdkConsumers } from "./workload/sdk-consumers.ts";
import { sdkProducers } from "./workload/sdk-producers.ts";
import { verifiableProducer } from "./workload/verifiable-producer.ts";
import type { StartWorkload, Target } from "./workload/workload.ts";

const topic = "orders";
/** A broker with its stores and its reserve, and room for the records of a run. */
const smallDiskBytes = 1024 * MiB;
/** Whatever went wrong, everything can be read again so long after it was made good. */
const healMsMax = 60_000;

export interface ChaosOptions {
  readonly durationMs: number;
  readonly brokers: number;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Of what goes wrong, when and for how long. */
  readonly seed: number;
  /** Names of the faults to draw from; all, where none is named. */
  readonly faults?: readonly string[];
  readonly onEvent?: (text: string) => void;
}

/** A fault as it happened. */
export interface Episode {
  readonly name: string;
  readonly says: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ChaosReport {
  readonly options: ChaosOptions;
  /** Who wrote and read. */
  readonly clients: readonly string[];
  readonly operations: readonly Operation[];
  readonly episodes: readonly Episode[];
  readonly gaps: readonly Gap[];
  readonly verdict: Verdict;
  /** Not about records: partitions that cannot be read in the end, clients that gave up. */
  readonly complaints: readonly string[];
}

/** Lets clients of three kinds work on a cluster in which one thing after the other goes wrong, and holds what they were told together. */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  await using stack = new AsyncDisposableStack();
  const disk = smallDisk(smallDiskBytes);
  if (disk !== undefined) stack.use(disk);
  const directories = disk && new Map([[options.brokers, `${disk.path}/data`]]);
  const cluster = stack.use(await ChaosCluster.start({ brokers: options.brokers, ...(directories && { directories }) }));
  const target = { bootstrap: cluster.addresses.join(","), topic, partitions: options.partitions };
  await makeTopic(target, options);

  const recorder = new Recorder();
  const clients = await clientsThatRun();
  const workloads = Object.values(clients).map((start) => start(target, recorder));
  const episodes = await trouble(cluster, options, [...commonFaults, ...(disk ? [fullDisk(options.brokers, disk.path)] : [])], recorder);
  await Promise.all(workloads.map((workload) => workload.stop()));
  const unread = await readEverything(target, recorder, healMsMax);

  const { operations } = recorder;
  const complaints = [...workloads.flatMap(({ faults }) => faults), ...unread.map((partition) => `partition ${partition} cannot be read`)];
  const found = { operations, episodes, gaps: produceGaps(operations), verdict: check(operations), complaints };
  return { options, clients: Object.keys(clients), ...found };
}

/** By what people call them. Kafka's own one needs Java, and its jars. */
async function clientsThatRun(): Promise<Record<string, StartWorkload>> {
  const ours = { "SDK's producers": sdkProducers, "SDK's consumers": sdkConsumers, kafkajs: kafkajsClients };
  return (await kafkaToolsMissing()) === undefined ? { ...ours, "Kafka's verifiable producer": verifiableProducer } : ours;
}

async function makeTopic({ bootstrap, topic: name, partitions }: Target, { replicationFactor }: ChaosOptions): Promise<void> {
  using client = await WireClient.connect(bootstrap.split(",")[0]!);
  const isReplicated = replicationFactor > 2;
  await createTopic(client, name, { partitions, replicationFactor, configs: isReplicated ? { "min.insync.replicas": "2" } : {} });
}

/** One fault after the other, each for a while, with a while between them. */
async function trouble(
  cluster: ChaosCluster,
  { seed, durationMs, faults: named, onEvent = () => {} }: ChaosOptions,
  faults: readonly Fault[],
  recorder: Recorder,
): Promise<Episode[]> {
  const dice = new Dice(seed);
  const drawn = faults.filter(({ name }) => named === undefined || named.includes(name));
  const episodes: Episode[] = [];
  await sleep(1_000 + dice.below(2_000));
  while (recorder.nowMs < durationMs) {
    const fault = dice.oneOf(drawn);
    const lastsMs = 500 + dice.below(6_000);
    const fromMs = recorder.nowMs;
    const { says, end } = await fault.begin(cluster, dice);
    onEvent(`${seconds(fromMs)} ${fault.name}: ${says}`);
    await sleep(lastsMs);
    await end();
    episodes.push({ name: fault.name, says, fromMs, toMs: recorder.nowMs });
    await sleep(1_000 + dice.below(3_000));
  }
  return episodes;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
