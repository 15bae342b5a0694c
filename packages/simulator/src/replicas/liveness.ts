import { Unanswered } from "../brokers/clients/connection.ts";
import type { BrokerNode } from "../brokers/cluster/broker-node.ts";
import { healMachine, healNetwork } from "../healing.ts";
import type { Target } from "./model/replicas-model.ts";
import { fetchFrom } from "./operations/fetch.ts";
import { produceTo } from "./operations/produce.ts";
import { logStartOf } from "./operations/records.ts";
import { ReplicaClient } from "./replica-client.ts";
import type { ReplicasStage } from "./stage.ts";

/** Once nothing is broken any more, every broker serves after so long: restarts, recovery, elections. */
const servesWithinMs = 40_000;
/** And everything is answered, read and on every replica after so long. */
const answersWithinMs = 120_000;
const againMs = 100;
/** A broker that lacks a log that could not be opened, for want of room say, is started once more after so long. */
const settlesMs = 10_000;
const stopsWithinMs = 5_000;

/**
 * The end of a run: all machines heal, or all but one that stays cut off for ever. The core must serve, take writes to every partition, hold
 * what was acknowledged, and come to the same logs.
 */
export async function converge(stage: ReplicasStage): Promise<void> {
  heal(stage);
  const core = drawCore(stage);
  await stage.run.until(() => core.every(({ isServing }) => isServing), servesWithinMs, "L1");
  await stage.world.run(stage.world.nowMs + settlesMs);
  for (const node of core) if (!holdsEverything(node)) node.stop(stopsWithinMs, 0);
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
 * Where every topic has three replicas and needs two, all but one of the machines can do everything, as long as each holds what it held. A
 * quorum that is not yet born is born of all its voters.
 */
function drawCore({ chanceOf, cluster: { nodes }, plan, world }: ReplicasStage): readonly BrokerNode[] {
  const chance = chanceOf("core");
  const bearsOne = plan.losses === "none" && plan.topics.every(({ replicationFactor, minIsr }) => replicationFactor >= 3 && minIsr === 2);
  if (!bearsOne || chance.hits(300_000) || !nodes.some(({ hasServed }) => hasServed)) return nodes;
  const lost = chance.pick(nodes);
  const core = nodes.filter((node) => node !== lost);
  world.partition(
    core.map(({ name }) => name),
    [lost.name],
  );
  return core;
}

function heal({ run: { world }, cluster: { nodes } }: ReplicasStage): void {
  for (const { name } of nodes) healMachine(world, name);
  healNetwork(world);
}

/** Whether every replica that the metadata give to a broker is open. */
function holdsEverything({ broker }: BrokerNode): boolean {
  if (broker === undefined) return true;
  for (const { id, partitions } of broker.image.topics.all())
    for (const { index, replicas } of partitions)
      if (replicas.includes(broker.self) && broker.replicas.partition(id, index)?.log.failure !== undefined) return false;
      else if (replicas.includes(broker.self) && broker.replicas.partition(id, index) === undefined) return false;
  return true;
}

/** Every replica of every partition in the core holds all that its leader has, and nobody holds one that it should not. */
function isLevel({ model, cluster }: ReplicasStage, core: readonly BrokerNode[]): boolean {
  const image = cluster.newest?.image;
  for (const { broker } of core)
    for (const { topicId, index } of broker?.replicas.all() ?? [])
      if (image?.topics.byId(topicId)?.partitions[index]?.replicas.includes(broker!.self) !== true) return false;
  for (const { partition } of model.targets) {
    const state = image?.topics.byId(partition.topicId as never)?.partitions[partition.index];
    if (state === undefined) return false;
    const holders = core.filter((node) => state.replicas.some((id) => cluster.node(id) === node));
    const ends = new Set(holders.map((node) => node.broker?.replicas.partition(partition.topicId as never, partition.index)?.log.logEnd));
    if (ends.size !== 1 || ends.has(undefined)) return false;
  }
  return true;
}

/** A client that was never part of it writes to everything, and reads everything. */
async function auditAll(stage: ReplicasStage): Promise<void> {
  const auditor = new ReplicaClient(stage, "auditor");
  for (const target of stage.model.targets) {
    const isWritten = async () => (await produceTo(auditor, target, [stage.model.nextValue()], -1)) === "NONE";
    await eventually(auditor, async () => target.topic.isDoomed || (await isWritten()));
    await readAll(auditor, target);
  }
}

/** Reads from where the partition begins: everything that was acknowledged, and not deleted, is there. */
async function readAll(auditor: ReplicaClient, target: Target): Promise<void> {
  const { partition, topic } = target;
  const end = partition.committedEnd;
  let at: number | undefined;
  await eventually(auditor, async () => {
    at ??= await logStartOf(auditor, target);
    if (at !== undefined) at = await readOn(auditor, target, { from: at, end });
    return topic.isDoomed || (at !== undefined && at >= end);
  });
}

/** Reads as long as somebody answers; comes back with how far that went, undefined where the log begins later by now. */
async function readOn(auditor: ReplicaClient, target: Target, { from, end }: { from: number; end: number }): Promise<number | undefined> {
  let at = from;
  while (at < end) {
    const leader = await auditor.leaderOf(target.partition);
    const next = leader && (await fetchFrom(auditor, leader, target, at));
    if (next === "out of range") return undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
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
