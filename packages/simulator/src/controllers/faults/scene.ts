import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import type { FaultyNode, MachineScene, MachineStage } from "../../faults/fault.ts";
import type { ControllerNode } from "../controller-node.ts";
import type { ControllersStage } from "../stage.ts";

/** Where a fault strikes among controllers, the broker and its clients. */
export interface ControllersScene extends MachineScene {
  /** Its cluster: the machines that a fault may cut off from each other. */
  readonly stage: MachineStage & { readonly cluster: { readonly nodes: readonly (BrokerNode | ControllerNode)[] } };
  /** The whole of the run, for faults that are about more than machines. */
  readonly whole: ControllersStage;
  readonly node: FaultyNode;
  /** The machine of the client that it is about. */
  readonly client: string;
}
