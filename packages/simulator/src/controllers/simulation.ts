import { Chance } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import { codeOf } from "@millrace/vocabulary";
import { BrokerWatch } from "../brokers/broker-watch.ts";
import type { BrokerNode, BrokerObserver } from "../brokers/cluster/broker-node.ts";
import { stageOfRun } from "../brokers/stage-of-run.ts";
import type { PlannedFault } from "../plan.ts";
import type { NodeObserver } from "../process-node.ts";
import { Run, type SimulateOptions } from "../run.ts";
import type { Verdict } from "../verdict.ts";
import { ControllersChecks } from "./checks/controllers-checks.ts";
import type { ControllerNode } from "./controller-node.ts";
import { ControllersCluster } from "./controllers-cluster.ts";
import { type ControllersFaultName, controllersFaults } from "./faults/index.ts";
import { oneAtATime } from "./faults/one-at-a-time.ts";
import { converge } from "./liveness.ts";
import { controllersOperations } from "./operations/index.ts";
import type { ControllersPlan } from "./plan.ts";
import type { ControllersStage } from "./stage.ts";

/** Branches that runs must come across. */
export const controllersMarks: readonly string[] = ["leader elected", "describe quorum: NONE"];
/** How often a fault is about the controller that leads, and how often about the broker. */
const leaderPpm = 400_000;
const brokerPpm = 300_000;

/** A run of three controllers and a broker: faults for a while, then the broker and a majority that heal and must converge. */
export class ControllersSimulation {
  readonly #run: Run;
  readonly #stage: ControllersStage;
  readonly #watch: BrokerWatch;
  readonly #checks: ControllersChecks;
  /** Faults of which something lasts. */
  #lasting = 0;

  constructor(plan: ControllersPlan, options: SimulateOptions) {
    const run = new Run({ ...options, plan, tasks: storageTasks, afterEvent: () => this.#afterEvent() });
    this.#run = run;
    this.#watch = new BrokerWatch(run, () => this.#stage.brokers);
    const cluster = new ControllersCluster({ plan, run, brokers: this.#brokerObserver(), controllers: this.#controllerObserver() });
    const { world, later, lasting, afterEvents, areFaultsOver } = run;
    const parts = { plan, cluster: { nodes: [cluster.broker] }, operations: controllersOperations, mayLoseLead: true };
    const brokers = stageOfRun(run, parts);
    this.#checks = new ControllersChecks(run, cluster, plan.trouble);
    this.#stage = { plan, run, cluster, brokers, usual: plan.world, world, later, lasting, afterEvents, areFaultsOver };
  }

  run(): Promise<Verdict> {
    return this.#run.verdictOf(async () => {
      const { cluster, plan, later, world, brokers } = this.#stage;
      cluster.start();
      brokers.clients.start(brokers);
      for (const fault of plan.faults) later(fault.atMs, () => this.#strike(fault));
      await world.run(plan.safetyMs);
      this.#run.throwFailure();
      this.#run.endFaults();
      await converge(this.#stage);
      this.#run.throwFailure();
      this.#checks.full();
      this.#watch.checks.final();
      brokers.model.judge();
    });
  }

  #afterEvent(): void {
    this.#watch.checks.afterEvent();
    this.#checks.afterEvent();
  }

  #strike({ kind, number }: PlannedFault<ControllersFaultName>): void {
    const { plan, cluster, run, brokers } = this.#stage;
    const chance = new Chance(plan.seed, `fault ${number}`);
    const isAnywhere = plan.trouble === "everything";
    const node = isAnywhere ? this.#drawNode(chance) : this.#drawController(chance);
    // One controller at a time: the others, which are a majority, must be there.
    if (!isAnywhere && (this.#lasting > 0 || !cluster.controllers.every(({ isServing }) => isServing))) return;
    const struck = isAnywhere ? node : oneAtATime(node, cluster.controllers);
    const machines = {
      ...this.#stage,
      lasting: this.#countedLasting,
      cluster: { nodes: isAnywhere ? cluster.nodes : cluster.controllers },
    };
    const scene = { stage: machines, whole: this.#stage, chance, node: struck, client: chance.pick(brokers.clients.names) };
    if (controllersFaults[kind].strike(scene)) run.marks.hit(`fault ${kind}`);
  }

  #drawNode(chance: Chance): BrokerNode | ControllerNode {
    return chance.hits(brokerPpm) ? this.#stage.cluster.broker : this.#drawController(chance);
  }

  #drawController(chance: Chance): ControllerNode {
    const { leader, controllers } = this.#stage.cluster;
    const any = chance.pick(controllers);
    return chance.hits(leaderPpm) ? (leader ?? any) : any;
  }

  readonly #countedLasting = (delayMs: number, takeBack: () => void): void => {
    this.#lasting++;
    this.#run.lasting(delayMs, () => {
      this.#lasting--;
      takeBack();
    });
  };

  #brokerObserver(): BrokerObserver {
    let isFirst = true;
    return {
      started: (node) => {
        this.#watch.started(node);
        this.#run.guarded(() => this.#checks.started(node, isFirst));
        isFirst = false;
      },
      ended: (node, how) => this.#watch.ended(node, how),
      failed: (node, error) => this.#watch.failed(node, error),
    };
  }

  /** A controller gives up where its store refuses; anything else is a bug of its own. */
  #controllerObserver(): NodeObserver<ControllerNode> {
    const { marks, fail } = this.#run;
    return {
      started: () => marks.hit("controller serves"),
      ended: () => {},
      failed: (_, error) => {
        marks.hit(`controller gave up: ${codeOf(error) ?? "bug"}`);
        if (codeOf(error) === undefined) fail(error);
      },
    };
  }
}
