import { Unanswered } from "../brokers/clients/connection.ts";
import type { BrokerNode } from "../brokers/cluster/broker-node.ts";
import type { ReplicatedPartition } from "./model/replicated-partition.ts";
import { fetchFrom } from "./operations/fetch.ts";
import { produceTo } from "./operations/produce.ts";
import { ReplicaClient } from "./replica-client.ts";
import type { ReplicasStage } from "./stage.ts";

/** Once nothing is broken any more, every broker serves after so long: restarts, recovery, elections. */
const servesWithinMs = 40_000;
/** And everything is answered, read and on every replica after so long. */
const answersWithinMs = 120_000;
const againMs = 100;

/**
 * The end of a run: all machines heal, or all but one that stays cut off for ever. The core must serve, take writes to every partition, hold
 * what was acknowledged, and come to the same logs.
 */
export async function converge(stage: ReplicasStage): Promise<void> {
  heal(stage);
  const core = drawCore(stage);
  await stage.run.until(() => core.every(({ isServing }) => isServing), servesWithinMs, "L1");
  const audit = { isDone: false };
  auditAll(stage).then(
    () => (audit.isDone = true),
    (error: unknown) => stage.run.fail(error),
  );
  await stage.run.until(() => audit.isDone, answersWithinMs, "L2");
  await stage.run.until(() => isLevel(stage, core), servesWithinMs, "L3");
}

/**
 * Two of the three can do everything, as topics have `min.insync.replicas` of them; but for one that lost its power: what it holds counts for
 * nothing until it has caught up, and whoever it may catch up from must be there. A quorum that is not yet born is born of all three.
 */
function drawCore({ chanceOf, cluster: { nodes }, plan, world }: ReplicasStage): readonly BrokerNode[] {
  const chance = chanceOf("core");
  if (plan.isSynced || chance.hits(500_000) || !nodes.some(({ hasServed }) => hasServed)) return nodes;
  const lost = chance.pick(nodes);
  const core = nodes.filter((node) => node !== lost);
  world.partition(
    core.map(({ name }) => name),
    [lost.name],
  );
  return core;
}

function heal({ run: { world }, cluster: { nodes } }: ReplicasStage): void {
  for (const { name } of nodes) {
    world.change(name, { kv: { commitUs: [500, 3_000], commitFailedPpm: 0 }, disk: { operationUs: [20, 120], syncUs: [500, 3_000] } });
    world.resume(name);
  }
  world.changeNetwork({ lostPpm: 0, delayUs: [50, 300] });
}

/** Every replica of every partition in the core holds all that its leader has. */
function isLevel({ model }: ReplicasStage, core: readonly BrokerNode[]): boolean {
  for (const { topicId, index } of model.partitions.values()) {
    const replicas = core.map((node) => node.broker?.replicas.partition(topicId as never, index));
    const ends = new Set(replicas.map((replica) => replica?.log.logEnd));
    if (ends.size !== 1 || ends.has(undefined)) return false;
  }
  return true;
}

/** A client that was never part of it writes to everything, and reads everything. */
async function auditAll(stage: ReplicasStage): Promise<void> {
  const auditor = new ReplicaClient(stage, "auditor");
  for (const partition of stage.model.partitions.values()) {
    await eventually(auditor, async () => (await produceTo(auditor, partition, [stage.model.nextValue()], -1)) === "NONE");
    await readAll(auditor, partition);
  }
}

async function readAll(auditor: ReplicaClient, partition: ReplicatedPartition): Promise<void> {
  let at = 0;
  const end = partition.committedEnd;
  await eventually(auditor, async () => {
    const leader = await auditor.leaderOf(partition);
    for (let next = leader && at; next !== undefined && at < end; at = next ?? at) next = await fetchFrom(auditor, leader!, partition, at);
    return at >= end;
  });
}

/** Tries until it comes about. */
async function eventually(auditor: ReplicaClient, attempt: () => Promise<boolean>): Promise<void> {
  for (;;) {
    try {
      if (await attempt()) return;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
    }
    await auditor.pause(againMs);
  }
}
