import type { MachineScene } from "../../faults/fault.ts";
import type { QuorumNode } from "../quorum-node.ts";
import type { QuorumStage } from "../stage.ts";

/** Where a fault strikes in a quorum. */
export interface QuorumScene extends MachineScene {
  readonly stage: QuorumStage;
  /** The node that it is about: often the one that leads. */
  readonly node: QuorumNode;
}
