import { Chance } from "@millrace/runtime/simulated";
import type { Broker } from "@millrace/broker";
import { BrokerNode, type BrokerObserver, dataPath } from "../brokers/cluster/broker-node.ts";
import { configurationOf } from "../brokers/cluster/settings.ts";
import type { Run } from "../run.ts";
import type { ReplicasPlan } from "./plan.ts";

/** A replica of a partition, as its broker has it. */
export type Replica = ReturnType<Broker["replicas"]["all"]> extends Iterable<infer Each> ? Each : never;

/** So many brokers, so that every topic has a replica on each. */
export const brokerCount = 3;

/** Three machines with a process each that is a broker and a controller. */
export class ReplicaCluster {
  readonly nodes: readonly BrokerNode[];

  constructor(plan: ReplicasPlan, run: Run, observer: BrokerObserver) {
    const { world, later } = run;
    const ids = Array.from({ length: brokerCount }, (_, index) => index + 1);
    const clusterId = new Chance(plan.seed, "cluster id").uuid();
    const voters = ids.map((id) => `${id}@${nameOf(id)}:9093`).join(",");
    const settingsOf = (id: number) => ({
      "process.roles": "broker,controller",
      "node.id": `${id}`,
      "log.dirs": dataPath,
      "controller.quorum.voters": voters,
      listeners: `PLAINTEXT://${nameOf(id)}:9092,CONTROLLER://${nameOf(id)}:9093`,
    });
    this.nodes = ids.map((id) => {
      const configuration = () => configurationOf(settingsOf(id), plan.settings);
      return new BrokerNode(nameOf(id), { world, later, observer, configuration, clusterId });
    });
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }

  /** The node of a broker. */
  node(broker: number): BrokerNode | undefined {
    return this.nodes[broker - 1];
  }
}

function nameOf(id: number): string {
  return `node-${id}`;
}
