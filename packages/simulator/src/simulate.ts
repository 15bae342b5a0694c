import { Chance } from "@millrace/runtime/simulated";
import { brokerFaultNames } from "./brokers/faults/index.ts";
import { type BrokerPlan, drawBrokerPlan } from "./brokers/plan.ts";
import { BrokerSimulation } from "./brokers/simulation.ts";
import { controllersFaultNames } from "./controllers/faults/index.ts";
import { type ControllersPlan, drawControllersPlan } from "./controllers/plan.ts";
import { controllersMarks, ControllersSimulation } from "./controllers/simulation.ts";
import { type ClusterKind, clusterKinds, type Cuts } from "./plan.ts";
import { quorumFaultNames } from "./quorum/faults/index.ts";
import { drawQuorumPlan, type QuorumPlan } from "./quorum/plan.ts";
import { quorumMarks, QuorumSimulation } from "./quorum/simulation.ts";
import { replicasFaultNames } from "./replicas/faults/index.ts";
import { drawReplicasPlan, type ReplicasPlan } from "./replicas/plan.ts";
import { ReplicasSimulation } from "./replicas/simulation.ts";
import type { SimulateOptions } from "./run.ts";
import type { Verdict } from "./verdict.ts";

/** What one run is about, all of it drawn from its seed. */
export type Plan = BrokerPlan | QuorumPlan | ControllersPlan | ReplicasPlan;

/** What a few hundred runs of a kind of cluster come across, or they look past what they are for: every kind of fault, and some branches. */
export const requiredMarks: Readonly<Record<ClusterKind, readonly string[]>> = {
  broker: brokerFaultNames.map((name) => `fault ${name}`),
  quorum: [...quorumFaultNames.map((name) => `fault ${name}`), ...quorumMarks],
  controllers: [...controllersFaultNames.map((name) => `fault ${name}`), ...controllersMarks],
  replicas: replicasFaultNames.map((name) => `fault ${name}`),
};

/** Draws a run: of the kind of cluster that is asked for, or that the seed draws too. */
export function drawPlan(seed: number, cuts: Cuts = {}, cluster: ClusterKind = drawCluster(seed)): Plan {
  switch (cluster) {
    case "broker":
      return drawBrokerPlan(seed, cuts);
    case "quorum":
      return drawQuorumPlan(seed, cuts);
    case "controllers":
      return drawControllersPlan(seed, cuts);
    case "replicas":
      return drawReplicasPlan(seed, cuts);
  }
}

/** Runs what a seed has drawn: faults for a while, then a core that heals and must converge. Never rejects: a failure is a verdict. */
export async function simulate(plan: Plan, options: SimulateOptions = {}): Promise<Verdict> {
  switch (plan.cluster) {
    case "broker":
      return new BrokerSimulation(plan, options).run();
    case "quorum":
      return new QuorumSimulation(plan, options).run();
    case "controllers":
      return new ControllersSimulation(plan, options).run();
    case "replicas":
      return new ReplicasSimulation(plan, options).run();
  }
}

function drawCluster(seed: number): ClusterKind {
  return new Chance(seed, "cluster").pick(clusterKinds);
}
