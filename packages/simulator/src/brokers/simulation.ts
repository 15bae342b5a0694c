import { Chance } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import type { PlannedFault } from "../plan.ts";
import { Run, type SimulateOptions } from "../run.ts";
import type { Verdict } from "../verdict.ts";
import { Checks } from "./checks/checks.ts";
import { ClientPool } from "./clients/client-pool.ts";
import type { BrokerNode } from "./cluster/broker-node.ts";
import { Cluster } from "./cluster/cluster.ts";
import { hasRetention } from "./cluster/settings.ts";
import { type BrokerFaultName, brokerFaults } from "./faults/index.ts";
import { converge } from "./liveness.ts";
import { Model } from "./model/model.ts";
import type { BrokerPlan } from "./plan.ts";
import type { Stage } from "./stage.ts";

/** A run of brokers and their clients: faults for a while, then a core that heals and must converge. */
export class BrokerSimulation {
  readonly #run: Run;
  readonly #stage: Stage;
  readonly #checks: Checks;

  constructor(plan: BrokerPlan, options: SimulateOptions) {
    const run = new Run({ ...options, plan, tasks: storageTasks, afterEvent: () => this.#checks.afterEvent() });
    const { world, later, lasting, marks, hash, fail, afterEvents, areFaultsOver } = run;
    const observer = {
      started: (node: BrokerNode) => run.guarded(() => this.#started(node)),
      ended: (node: BrokerNode, how: Parameters<Model["crashed"]>[0]) => this.#ended(node, how),
      failed: (_: BrokerNode, error: unknown) => this.#brokerFailed(error),
    };
    this.#run = run;
    this.#stage = {
      plan,
      usual: plan.world,
      world,
      later,
      lasting,
      marks,
      hash,
      fail,
      afterEvents,
      areFaultsOver,
      cluster: new Cluster({ world, later, settings: plan.settings, observer }),
      model: new Model(plan.settings["millrace.durability"] === "synced"),
      mayRetire: hasRetention(plan.settings),
      clients: new ClientPool(plan.clients),
      begun: () => void run.operations++,
    };
    this.#checks = new Checks(this.#stage);
  }

  run(): Promise<Verdict> {
    return this.#run.verdictOf(async () => {
      const { cluster, clients, plan, later, world, model } = this.#stage;
      cluster.start();
      clients.start(this.#stage);
      for (const fault of plan.faults) later(fault.atMs, () => this.#strike(fault));
      await world.run(plan.safetyMs);
      this.#run.throwFailure();
      this.#run.endFaults();
      await converge(this.#stage);
      this.#run.throwFailure();
      this.#checks.final();
      model.judge();
    });
  }

  #strike({ kind, number }: PlannedFault<BrokerFaultName>): void {
    const { plan, cluster, clients, marks } = this.#stage;
    const chance = new Chance(plan.seed, `fault ${number}`);
    const scene = { stage: this.#stage, chance, node: chance.pick(cluster.nodes), client: chance.pick(clients.names) };
    if (brokerFaults[kind].strike(scene)) marks.hit(`fault ${kind}`);
  }

  #started(node: BrokerNode): void {
    this.#stage.marks.hit(`start: ${node.broker!.directory.lastStop}`);
    this.#checks.started(node);
  }

  #ended(node: BrokerNode, how: Parameters<Model["crashed"]>[0]): void {
    this.#stage.model.crashed(how);
    this.#checks.ended(node);
  }

  /** A broker gives up where its disk or its metadata refuses; anything else is a bug of its own. */
  #brokerFailed(error: unknown): void {
    const code = (error as { code?: unknown }).code;
    this.#stage.marks.hit(`broker gave up: ${typeof code === "string" ? code : "bug"}`);
    if (typeof code !== "string") this.#stage.fail(error);
  }
}
