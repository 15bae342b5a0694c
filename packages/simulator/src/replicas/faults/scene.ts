import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import type { MachineScene } from "../../faults/fault.ts";
import type { ReplicasStage } from "../stage.ts";

/** Where a fault strikes among replicated brokers. */
export interface ReplicasScene extends MachineScene {
  readonly stage: ReplicasStage;
  readonly node: BrokerNode;
}
