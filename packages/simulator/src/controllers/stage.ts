import type { Stage } from "../brokers/stage.ts";
import type { MachineStage } from "../faults/fault.ts";
import type { Run } from "../run.ts";
import type { ControllersCluster } from "./controllers-cluster.ts";
import type { ControllersPlan } from "./plan.ts";

/** What everything that takes part in a run of controllers and a broker shares. */
export interface ControllersStage extends MachineStage {
  readonly plan: ControllersPlan;
  readonly run: Run;
  readonly cluster: ControllersCluster;
  /** The broker and its clients, as in runs of a broker alone. */
  readonly brokers: Stage;
}
