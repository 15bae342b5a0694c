import { setTimeout as sleep } from "node:timers/promises";
import { Dice } from "../../fuzz/dice.ts";
import { readMetric } from "../../support/metrics.ts";
import { createTopic } from "../../support/topics.ts";
import { WireClient } from "../../support/wire-client.ts";
import { check, type Verdict } from "../checker/check.ts";
import { ChaosCluster } from "../cluster/chaos-cluster.ts";
import { readEverything } from "../workload/final-reading.ts";
import { Recorder } from "../workload/recorder.ts";
import { sdkConsumers } from "../workload/sdk-consumers.ts";
import { sdkProducers } from "../workload/sdk-producers.ts";
import type { Target } from "../workload/workload.ts";
import { journalLibrary } from "./library.ts";
import { Machine } from "./machine.ts";

const topic = "orders";
const partitions = 6;
const ids = [1, 2, 3];
/** Machines that may lose their power at once, where all replicas are in sync. */
const survived = { synced: ids.length, replicated: ids.length - 1 } as const;
/** Between a cluster in which all replicas are in sync and the next cut. */
const calmMsMax = 1_500;
/** Replicas are in sync again, and everything can be read, so long after the power is back. */
const healMsMax = 60_000;
const retryMs = 100;

export interface PowerOptions {
  /** What producers ask for. `synced` must survive a cut of all machines at once; `replicated` of all but one, where all were in sync. */
  readonly durability: "synced" | "replicated";
  /** How many machines a cut meets at most; as many as the durability must survive, where nothing is said. */
  readonly machinesMax?: number;
  readonly cuts: number;
  /** Of the moments, the machines, and what their disks forget. */
  readonly seed: number;
  readonly onCut?: (text: string) => void;
}

export interface PowerReport {
  readonly verdict: Verdict;
  /** Leaders that may lack acknowledged records, as the brokers count them since their last start. */
  readonly riskyElections: number;
  /** Not about records: brokers that did not notice that power was lost, partitions that cannot be read in the end, clients that gave up. */
  readonly complaints: readonly string[];
}

/** Cuts the power of machines under three brokers, again and again, while clients write and read. */
export async function powerCuts({
  durability,
  machinesMax = survived[durability],
  cuts,
  seed,
  onCut = () => {},
}: PowerOptions): Promise<PowerReport> {
  await using stack = new AsyncDisposableStack();
  const library = stack.use(journalLibrary());
  const machines = new Map(ids.map((id) => [id, stack.use(new Machine(library.path, seed * ids.length + id))]));
  const cluster = stack.use(await clusterOn(machines));
  const target = { bootstrap: cluster.addresses.join(","), topic, partitions };
  await makeTopic(target, durability);

  const recorder = new Recorder();
  const workloads = [sdkProducers, sdkConsumers].map((start) => start(target, recorder));
  const complaints: string[] = [];
  const dice = new Dice(seed);
  for (let cut = 1; cut <= cuts; cut++) {
    await untilInSync(target);
    await sleep(dice.below(calmMsMax));
    const met = machinesMet(dice, machinesMax);
    await cutPower(cluster, machines, met);
    onCut(`${cut}: without power: ${met.join(", ")}`);
    complaints.push(...met.filter((id) => !saysLossy(cluster, id)).map((id) => `broker ${id} did not notice cut ${cut}`));
  }
  await Promise.all(workloads.map((workload) => workload.stop()));
  const unread = await readEverything(target, recorder, healMsMax);
  complaints.push(...workloads.flatMap(({ faults }) => faults), ...unread.map((partition) => `partition ${partition} cannot be read`));
  const counts = await Promise.all(cluster.addresses.map((address) => readMetric(address, "millrace_controller_risky_elections_total")));
  return { verdict: check(recorder.operations), riskyElections: counts.reduce((sum, count) => sum + count), complaints };
}

function clusterOn(machines: ReadonlyMap<number, Machine>): Promise<ChaosCluster> {
  const directories = new Map([...machines].map(([id, { directory }]) => [id, directory]));
  const environments = new Map([...machines].map(([id, { environment }]) => [id, environment]));
  return ChaosCluster.start({ brokers: ids.length, directories, environments });
}

async function makeTopic({ bootstrap }: Target, durability: string): Promise<void> {
  using client = await WireClient.connect(bootstrap.split(",")[0]!);
  const configs = { "min.insync.replicas": "2", "millrace.durability": durability, "segment.bytes": "1048576" };
  await createTopic(client, topic, { partitions, replicationFactor: ids.length, configs });
}

/** Every second cut meets as many machines as may be. */
function machinesMet(dice: Dice, most: number): number[] {
  const left = [...ids];
  const count = dice.once(2) ? most : 1 + dice.below(most);
  return Array.from({ length: count }, () => left.splice(dice.below(left.length), 1)[0]!);
}

async function cutPower(cluster: ChaosCluster, machines: ReadonlyMap<number, Machine>, met: readonly number[]): Promise<void> {
  await Promise.all(met.map((id) => cluster.end(id, "SIGKILL")));
  for (const id of met) machines.get(id)!.cutPower();
  await Promise.all(met.map((id) => cluster.start(id)));
}

function saysLossy(cluster: ChaosCluster, id: number): boolean {
  return cluster.log(id).some((line) => line.includes('"lastStop":"lossy"'));
}

/** Whoever lost its power must have what the others have before the next one may lose its own. */
async function untilInSync({ bootstrap }: Target): Promise<void> {
  for (const startMs = performance.now(); performance.now() - startMs < healMsMax; await sleep(retryMs)) {
    const inSync = await Promise.all(bootstrap.split(",").map((address) => seesAllInSync(address).catch(() => false)));
    if (inSync.every(Boolean)) return;
  }
  throw new Error(`replicas are not in sync ${healMsMax} ms after the power came back`);
}

async function seesAllInSync(address: string): Promise<boolean> {
  using client = await WireClient.connect(address);
  const { topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }], allowAutoTopicCreation: false });
  return topics[0]!.partitions.every(({ isrNodes }) => isrNodes.length === ids.length);
}
