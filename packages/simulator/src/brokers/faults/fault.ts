import type { MachineScene } from "../../faults/fault.ts";
import type { BrokerNode } from "../cluster/broker-node.ts";
import type { Stage } from "../stage.ts";

/** Where a fault strikes among brokers and their clients. */
export interface FaultScene extends MachineScene {
  readonly stage: Stage;
  /** The broker that it is about. */
  readonly node: BrokerNode;
  /** The machine of the client that it is about. */
  readonly client: string;
}
