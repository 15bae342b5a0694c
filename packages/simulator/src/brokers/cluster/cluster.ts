import type { SimulatedWorld } from "@millrace/runtime/simulated";
import { BrokerNode, type BrokerObserver, dataPath } from "./broker-node.ts";
import { configurationOf, type DrawnSettings } from "./settings.ts";

export interface ClusterParts {
  readonly world: SimulatedWorld;
  readonly later: (delayMs: number, act: () => void) => void;
  readonly settings: DrawnSettings;
  readonly observer: BrokerObserver;
}

/**
 * Which machines there are, and what runs on each: the one place that composes a cluster. Now it is one broker that is the only voter of
 * its own quorum too, with one replica of everything.
 */
export class Cluster {
  readonly nodes: readonly BrokerNode[];

  constructor({ world, later, settings, observer }: ClusterParts) {
    const own = { "node.id": "1", "log.dirs": dataPath, listeners: "PLAINTEXT://broker-1:9092" };
    this.nodes = [new BrokerNode("broker-1", { world, later, observer, configuration: () => configurationOf(own, settings) })];
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }
}
