import { Chance, type Span } from "@millrace/runtime/simulated";
import { type Cuts, drawFaults, drawWeights, drawWorld, keptFaults, type RunPlan } from "../plan.ts";
import { type QuorumFaultName, quorumFaultNames } from "./faults/index.ts";
import { type QuorumOperationName, quorumOperationNames } from "./operations/index.ts";

/** What a run of a quorum is about. */
export interface QuorumPlan extends RunPlan<QuorumFaultName, QuorumOperationName> {
  readonly cluster: "quorum";
  /** Nodes that configuration names as voters. */
  readonly voters: number;
  /** Nodes that belong to no quorum until somebody adds them. */
  readonly spares: number;
}

/** Without them there is nothing to look at. */
const always: readonly QuorumOperationName[] = ["propose", "read"];

/** Draws a run: whole kinds of faults and operations are left out, the others have wildly different weights. */
export function drawQuorumPlan(seed: number, cuts: Cuts = {}): QuorumPlan {
  const chance = new Chance(seed, "quorum plan");
  const clients = 1 + chance.below(4);
  const safetyMs = chance.pick([2_000, 5_000, 10_000, 20_000]);
  const pauseMs = chance.pick<Span>([
    [1, 20],
    [1, 100],
    [10, 400],
  ]);
  return {
    cluster: "quorum",
    seed,
    clients: Math.min(clients, cuts.clients ?? clients),
    safetyMs: Math.min(safetyMs, cuts.safetyMs ?? safetyMs),
    pauseMs,
    voters: chance.pick([1, 3, 3, 3, 3, 5, 5]),
    spares: chance.below(3),
    weights: drawWeights(quorumOperationNames, always, new Chance(seed, "quorum weights"), cuts.operations),
    world: drawWorld(new Chance(seed, "quorum world")),
    faults: keptFaults(drawFaults(quorumFaultNames, new Chance(seed, "quorum faults"), safetyMs), cuts),
  };
}
