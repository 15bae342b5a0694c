import type { Chance } from "@millrace/runtime/simulated";
import type { MachineStage } from "../faults/fault.ts";
import type { Run } from "../run.ts";
import type { Losses } from "./losses.ts";
import type { ReplicasModel } from "./model/replicas-model.ts";
import type { ReplicasPlan } from "./plan.ts";
import type { ReplicaCluster } from "./replica-cluster.ts";

/** What everything that takes part in a run of replicated brokers shares. */
export interface ReplicasStage extends MachineStage {
  readonly plan: ReplicasPlan;
  readonly run: Run;
  readonly cluster: ReplicaCluster;
  readonly model: ReplicasModel;
  readonly losses: Losses;
  readonly chanceOf: (name: string) => Chance;
}
