import type { Runtime } from "@millrace/runtime";
import { formatBroker, type RunningBroker, startBroker } from "@millrace/server";
import { kafkaDoorOnly } from "@millrace/server/testing";
import type { Configuration } from "@millrace/vocabulary";
import { type NodeObserver, type NodePlace, ProcessNode } from "../../process-node.ts";

/** Where a broker keeps everything on its machine. */
export const dataPath = "/data";
/** The reserve for a full disk: as much as metadata needs in a run. */
const reserveBytes: number = 64 * 1024;

/** Who follows what becomes of a broker. */
export type BrokerObserver = NodeObserver<BrokerNode>;

export interface BrokerNodeParts extends NodePlace<BrokerNode> {
  readonly configuration: () => Configuration;
  /** The same for all nodes of a cluster; undefined: its own. */
  readonly clusterId?: string;
}

/** One machine with a broker on it. */
export class BrokerNode extends ProcessNode<RunningBroker, BrokerNode> {
  readonly port: number = 9092;
  readonly #parts: BrokerNodeParts;

  constructor(name: string, parts: BrokerNodeParts) {
    super(name, parts);
    this.#parts = parts;
  }

  /** The broker, while it serves. */
  get broker(): RunningBroker["broker"] | undefined {
    return this.running?.broker;
  }

  protected async begin(runtime: Runtime): Promise<RunningBroker> {
    const configuration = this.#parts.configuration();
    await formatBroker({ runtime, configuration, clusterId: this.#parts.clusterId, onlyIfEmpty: true });
    return startBroker({ runtime, configuration, version: "simulated", entrance: kafkaDoorOnly, reserveBytes });
  }
}
