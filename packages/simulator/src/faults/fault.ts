import type { Chance } from "@millrace/runtime/simulated";
import type { BrokerNode } from "../cluster/broker-node.ts";
import type { Stage } from "../stage.ts";

/** Where a fault strikes: what it may use, and chance of its own, so that leaving another fault out changes nothing of it. */
export interface FaultScene {
  readonly stage: Stage;
  readonly chance: Chance;
  /** The broker that it is about. */
  readonly node: BrokerNode;
  /** The machine of the client that it is about. */
  readonly client: string;
}

/** One kind of fault. */
export interface Fault {
  /** What it does, for whoever reads the table. */
  readonly does: string;
  /** Strikes; false where it cannot now. What lasts it takes back itself, by `stage.later`. */
  readonly strike: (scene: FaultScene) => boolean;
}

/** Strikes now, and takes it back after a time drawn from the span. */
export function lasting(
  { stage, chance }: FaultScene,
  [firstMs, lastMs]: readonly [number, number],
  strike: () => void,
  takeBack: () => void,
): boolean {
  strike();
  stage.later(chance.within([firstMs, lastMs]), takeBack);
  return true;
}
