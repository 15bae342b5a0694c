import { Chance, type Span } from "@millrace/runtime/simulated";
import { type Cuts, drawFaults, drawWeights, drawWorld, keptFaults, type RunPlan, safetiesMs } from "../plan.ts";
import { type DrawnSettings, drawSettings } from "./cluster/settings.ts";
import { type BrokerFaultName, brokerFaultNames } from "./faults/index.ts";
import { type OperationName, operationNames } from "./operations/index.ts";

/** What a run of brokers is about. */
export interface BrokerPlan extends RunPlan<BrokerFaultName, OperationName> {
  readonly cluster: "broker";
  readonly settings: DrawnSettings;
}

/** Topics are created and read in any case: without them there is nothing to look at. */
const always: readonly OperationName[] = ["create topic", "produce", "fetch"];

/** Draws a run: whole kinds of faults and operations are left out, the others have wildly different weights. */
export function drawBrokerPlan(seed: number, cuts: Cuts = {}): BrokerPlan {
  const chance = new Chance(seed, "plan");
  const clients = 1 + chance.below(5);
  const safetyMs = chance.pick(safetiesMs);
  const pauseMs = chance.pick<Span>([
    [1, 20],
    [1, 100],
    [10, 400],
  ]);
  return {
    cluster: "broker",
    seed,
    clients: Math.min(clients, cuts.clients ?? clients),
    safetyMs: Math.min(safetyMs, cuts.safetyMs ?? safetyMs),
    pauseMs,
    weights: drawWeights(operationNames, always, new Chance(seed, "weights"), cuts.operations),
    settings: drawSettings(new Chance(seed, "settings")),
    world: drawWorld(new Chance(seed, "world")),
    faults: keptFaults(drawFaults(brokerFaultNames, new Chance(seed, "faults"), safetyMs), cuts),
  };
}
