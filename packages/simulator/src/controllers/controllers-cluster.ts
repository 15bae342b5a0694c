import { Chance } from "@millrace/runtime/simulated";
import { BrokerNode, type BrokerObserver, dataPath } from "../brokers/cluster/broker-node.ts";
import { configurationOf } from "../brokers/cluster/settings.ts";
import type { NodeObserver } from "../process-node.ts";
import type { Run } from "../run.ts";
import { ControllerNode } from "./controller-node.ts";
import type { ControllersPlan } from "./plan.ts";

export interface ControllersClusterParts {
  readonly plan: ControllersPlan;
  readonly run: Run;
  readonly brokers: BrokerObserver;
  readonly controllers: NodeObserver<ControllerNode>;
}

/** Controllers are told apart from brokers by their numbers. */
const controllerIds = [101, 102, 103] as const;
const port = 9093;

/** Three machines with a controller each, and one with a broker that is none, and that holds the only replica of everything. */
export class ControllersCluster {
  readonly broker: BrokerNode;
  readonly controllers: readonly ControllerNode[];

  constructor({ plan, run, brokers, controllers }: ControllersClusterParts) {
    const { world, later } = run;
    const clusterId = new Chance(plan.seed, "cluster id").uuid();
    const voters = controllerIds.map((id) => `${id}@${nameOf(id)}:${port}`).join(",");
    const configured = (own: Readonly<Record<string, string>>) =>
      configurationOf({ "log.dirs": dataPath, "controller.quorum.voters": voters, ...own }, plan.settings);
    const brokerSettings = { "process.roles": "broker", "node.id": "1", listeners: "PLAINTEXT://broker-1:9092" };
    const configuration = () => configured(brokerSettings);
    this.broker = new BrokerNode("broker-1", { world, later, observer: brokers, clusterId, configuration });
    this.controllers = controllerIds.map((id) => {
      const own = { "process.roles": "controller", "node.id": `${id}`, listeners: `CONTROLLER://${nameOf(id)}:${port}` };
      return new ControllerNode(nameOf(id), { world, later, observer: controllers, clusterId, configuration: configured(own) });
    });
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }

  /** Every machine. */
  get nodes(): readonly (BrokerNode | ControllerNode)[] {
    return [this.broker, ...this.controllers];
  }

  /** The controller that was elected; that of the latest term, where another does not know yet that it is deposed. */
  get leader(): ControllerNode | undefined {
    const elected = this.controllers.filter(({ life }) => life?.state.role === "leader");
    return elected.sort((a, b) => b.life!.state.term - a.life!.state.term)[0];
  }
}

function nameOf(id: number): string {
  return `controller-${id}`;
}
