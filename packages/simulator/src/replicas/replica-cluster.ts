import { Chance } from "@millrace/runtime/simulated";
import type { Broker } from "@millrace/broker";
import { BrokerNode, type BrokerObserver, dataPath } from "../brokers/cluster/broker-node.ts";
import { configurationOf } from "../brokers/cluster/settings.ts";
import type { Run } from "../run.ts";
import type { ReplicasPlan } from "./plan.ts";

/** A replica of a partition, as its broker has it. */
export type Replica = ReturnType<Broker["replicas"]["all"]> extends Iterable<infer Each> ? Each : never;

/** The state of a partition, as the controller has committed it. */
export type CommittedPartition = NonNullable<ReturnType<Broker["image"]["topics"]["byId"]>>["partitions"][number];

/** So many of the brokers are controllers too: a majority of them decides. */
const voterCount = 3;

/** Machines with a broker each; on the first three it is a controller too. */
export class ReplicaCluster {
  readonly nodes: readonly BrokerNode[];

  constructor(plan: ReplicasPlan, run: Run, observer: BrokerObserver) {
    const { world, later } = run;
    const clusterId = new Chance(plan.seed, "cluster id").uuid();
    this.nodes = Array.from({ length: plan.brokers }, (_, index) => {
      const configuration = () => configurationOf(settingsOf(index + 1), plan.settings);
      return new BrokerNode(nameOf(index + 1), { world, later, observer, configuration, clusterId });
    });
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }

  /** The node of a broker. */
  node(broker: number): BrokerNode | undefined {
    return this.nodes[broker - 1];
  }

  /** Whether a node has a say in the metadata: without its disk it is nobody that the others know. */
  isVoter(node: BrokerNode): boolean {
    return this.nodes.indexOf(node) < voterCount;
  }

  /** A broker that serves and whose metadata are the newest; undefined: none serves. */
  get newest(): Broker | undefined {
    let newest: Broker | undefined;
    for (const { broker } of this.nodes) if (broker !== undefined && broker.image.offset >= (newest?.image.offset ?? -1)) newest = broker;
    return newest;
  }
}

function settingsOf(id: number): Record<string, string> {
  const voters = Array.from({ length: voterCount }, (_, index) => `${index + 1}@${nameOf(index + 1)}:9093`).join(",");
  const isVoter = id <= voterCount;
  return {
    "process.roles": isVoter ? "broker,controller" : "broker",
    "node.id": `${id}`,
    "log.dirs": dataPath,
    "controller.quorum.voters": voters,
    listeners: `PLAINTEXT://${nameOf(id)}:9092${isVoter ? `,CONTROLLER://${nameOf(id)}:9093` : ""}`,
  };
}

function nameOf(id: number): string {
  return `node-${id}`;
}
