import { Chance } from "@millrace/runtime/simulated";
import { type DrawnSettings, drawSettings } from "../brokers/cluster/settings.ts";
import { type Cuts, drawFaults, drawWeights, drawWorld, keptFaults, pausesOfClusters, type RunPlan, safetiesMs } from "../plan.ts";
import { type ControllersFaultName, faultNamesOf } from "./faults/index.ts";
import { type ControllersOperationName, controllersOperationNames } from "./operations/index.ts";

/**
 * Whom faults strike. `deaths`: one controller at a time dies, and comes back; the broker must not notice. `controllers`: one controller at
 * a time has any trouble, and reaches the broker all the same; the broker must not be fenced. `everything`: whoever it is, several at once.
 */
export type Trouble = "deaths" | "controllers" | "everything";

/** What a run of three controllers and a broker is about. */
export interface ControllersPlan extends RunPlan<ControllersFaultName, ControllersOperationName> {
  readonly cluster: "controllers";
  readonly settings: DrawnSettings;
  readonly trouble: Trouble;
}

/** Without them there is nothing to look at. */
const always: readonly ControllersOperationName[] = ["create topic", "produce", "fetch"];

/** Draws a run: whole kinds of faults and operations are left out, the others have wildly different weights. */
export function drawControllersPlan(seed: number, cuts: Cuts = {}): ControllersPlan {
  const chance = new Chance(seed, "controllers plan");
  const clients = 1 + chance.below(4);
  const safetyMs = chance.pick(safetiesMs);
  const trouble = chance.pick<Trouble>(["deaths", "controllers", "everything", "everything"]);
  const pauseMs = chance.pick(pausesOfClusters);
  const settings = {
    ...drawSettings(new Chance(seed, "controllers settings")),
    "broker.session.timeout.ms": chance.pick([2_000, 2_000, 4_000]),
  };
  const faults = drawFaults(faultNamesOf(trouble), new Chance(seed, "controllers faults"), safetyMs);
  return {
    cluster: "controllers",
    seed,
    clients: Math.min(clients, cuts.clients ?? clients),
    safetyMs: Math.min(safetyMs, cuts.safetyMs ?? safetyMs),
    pauseMs,
    trouble,
    settings,
    weights: drawWeights(controllersOperationNames, always, new Chance(seed, "controllers weights"), cuts.operations),
    world: drawWorld(new Chance(seed, "controllers world")),
    faults: keptFaults(faults, cuts),
  };
}
