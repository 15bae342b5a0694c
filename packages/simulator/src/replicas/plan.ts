import { Chance } from "@millrace/runtime/simulated";
import { dayMs, int64Max, KiB, MiB } from "@millrace/vocabulary";
import type { DrawnSettings } from "../brokers/cluster/settings.ts";
import { type Cuts, drawFaults, drawWeights, drawWorld, keptFaults, pausesOfClusters, type RunPlan, safetiesMs } from "../plan.ts";
import { type DrawnTopic, drawTopics } from "./drawn-topic.ts";
import { type ReplicasFaultName, replicasFaultNames } from "./faults/index.ts";
import type { LossRule } from "./losses.ts";
import { type ReplicasOperationName, replicasOperationNames } from "./operations/index.ts";

/** What a run of brokers with replicas is about, three of which are controllers too. */
export interface ReplicasPlan extends RunPlan<ReplicasFaultName, ReplicasOperationName> {
  readonly cluster: "replicas";
  readonly settings: DrawnSettings;
  /** Three to five. */
  readonly brokers: number;
  /** Which machines may lose what is not durable, or more; topics are drawn so that they bear it. */
  readonly losses: LossRule;
  readonly topics: readonly DrawnTopic[];
}

/** Without them there is nothing to look at. */
const always: readonly ReplicasOperationName[] = ["create topic", "produce", "fetch"];

/** Draws a run: whole kinds of faults and operations are left out, the others have wildly different weights. */
export function drawReplicasPlan(seed: number, cuts: Cuts = {}): ReplicasPlan {
  const chance = new Chance(seed, "replicas plan");
  const clients = 1 + chance.below(5);
  const safetyMs = chance.pick(safetiesMs);
  const pauseMs = chance.pick(pausesOfClusters);
  const brokers = chance.pick([3, 3, 4, 5]);
  const losses = chance.pick<LossRule>(["none", "one", "one", "all"]);
  return {
    cluster: "replicas",
    seed,
    clients: Math.min(clients, cuts.clients ?? clients),
    safetyMs: Math.min(safetyMs, cuts.safetyMs ?? safetyMs),
    pauseMs,
    brokers,
    losses,
    topics: drawTopics({ losses, brokers }, new Chance(seed, "replicas topics")),
    settings: drawSettings(losses, new Chance(seed, "replicas settings")),
    weights: drawWeights(replicasOperationNames, always, new Chance(seed, "replicas weights"), cuts.operations),
    world: drawWorld(new Chance(seed, "replicas world")),
    faults: keptFaults(drawFaults(replicasFaultNames, new Chance(seed, "replicas faults"), safetyMs), cuts),
  };
}

function drawSettings(losses: LossRule, chance: Chance): DrawnSettings {
  return {
    "log.segment.bytes": chance.pick([600, 2 * KiB, 16 * KiB, MiB]),
    "log.index.interval.bytes": chance.pick([100, 4 * KiB]),
    "millrace.tail.max.bytes": chance.pick([0, 2 * KiB, 64 * MiB]),
    "metadata.log.max.record.bytes.between.snapshots": chance.pick([1_000, 20 * MiB]),
    "replica.lag.time.max.ms": chance.pick([1_000, 10_000, 30_000]),
    "log.retention.check.interval.ms": chance.pick([1_000, 7_000]),
    "log.segment.delete.delay.ms": chance.pick([0, 1_000, 60_000]),
    "log.cleaner.backoff.ms": chance.pick([500, 5_000]),
    "log.cleaner.min.cleanable.ratio": chance.pick([0, 0.5]),
    // What committed offsets bear is what topics bear.
    "min.insync.replicas": 2,
    "millrace.durability": losses === "all" ? "synced" : "replicated",
    "offsets.topic.num.partitions": chance.pick([1, 2]),
    // Clocks that are off, which are faults here, neither take records away nor have them refused, nor make producers be forgotten.
    "log.retention.ms": -1,
    "log.message.timestamp.after.max.ms": int64Max,
    "producer.id.expiration.ms": 20 * dayMs,
    "group.initial.rebalance.delay.ms": 0,
  };
}
