import { Chance, type Span } from "@millrace/runtime/simulated";
import { int64Max, KiB, MiB } from "@millrace/vocabulary";
import type { DrawnSettings } from "../brokers/cluster/settings.ts";
import { type Cuts, drawFaults, drawWeights, drawWorld, keptFaults, type RunPlan } from "../plan.ts";
import { type ReplicasFaultName, replicasFaultNames } from "./faults/index.ts";
import { type ReplicasOperationName, replicasOperationNames } from "./operations/index.ts";

/** What a run of three brokers, each of which is a controller too, is about. */
export interface ReplicasPlan extends RunPlan<ReplicasFaultName, ReplicasOperationName> {
  readonly cluster: "replicas";
  readonly settings: DrawnSettings;
  /** Whether acks=all means synced everywhere: only then may machines lose their power. */
  readonly isSynced: boolean;
}

/** Without them there is nothing to look at. */
const always: readonly ReplicasOperationName[] = ["create topic", "produce", "fetch"];

/** Draws a run: whole kinds of faults and operations are left out, the others have wildly different weights. */
export function drawReplicasPlan(seed: number, cuts: Cuts = {}): ReplicasPlan {
  const chance = new Chance(seed, "replicas plan");
  const clients = 1 + chance.below(4);
  const safetyMs = chance.pick([5_000, 10_000, 20_000, 40_000]);
  const pauseMs = chance.pick<Span>([
    [1, 50],
    [10, 100],
    [10, 400],
  ]);
  return {
    cluster: "replicas",
    seed,
    clients: Math.min(clients, cuts.clients ?? clients),
    safetyMs: Math.min(safetyMs, cuts.safetyMs ?? safetyMs),
    pauseMs,
    isSynced: chance.hits(500_000),
    settings: drawSettings(new Chance(seed, "replicas settings")),
    weights: drawWeights(replicasOperationNames, always, new Chance(seed, "replicas weights"), cuts.operations),
    world: drawWorld(new Chance(seed, "replicas world")),
    faults: keptFaults(drawFaults(replicasFaultNames, new Chance(seed, "replicas faults"), safetyMs), cuts),
  };
}

function drawSettings(chance: Chance): DrawnSettings {
  return {
    "log.segment.bytes": chance.pick([2 * KiB, 16 * KiB, MiB]),
    "log.index.interval.bytes": chance.pick([100, 4 * KiB]),
    "millrace.tail.max.bytes": chance.pick([0, 2 * KiB, 64 * MiB]),
    "metadata.log.max.record.bytes.between.snapshots": chance.pick([1_000, 20 * MiB]),
    "replica.lag.time.max.ms": chance.pick([1_000, 10_000, 30_000]),
    // Clocks that are off, which are faults here, neither take records away nor have them refused.
    "log.retention.ms": -1,
    "log.message.timestamp.after.max.ms": int64Max,
    "group.initial.rebalance.delay.ms": 0,
  };
}
