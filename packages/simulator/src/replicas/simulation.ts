import { Chance } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import type { BrokerNode, BrokerObserver } from "../brokers/cluster/broker-node.ts";
import type { PlannedFault } from "../plan.ts";
import { Run, type SimulateOptions } from "../run.ts";
import type { Verdict } from "../verdict.ts";
import { ReplicaChecks } from "./checks/replica-checks.ts";
import { type ReplicasFaultName, replicasFaults } from "./faults/index.ts";
import { converge } from "./liveness.ts";
import { Losses } from "./losses.ts";
import { ReplicasModel } from "./model/replicas-model.ts";
import type { ReplicasPlan } from "./plan.ts";
import { ReplicaClient } from "./replica-client.ts";
import { ReplicaCluster } from "./replica-cluster.ts";
import type { ReplicasStage } from "./stage.ts";

/** A run of brokers with replicas: faults for a while, then all heal and must converge. */
export class ReplicasSimulation {
  readonly #run: Run;
  readonly #stage: ReplicasStage;
  readonly #checks: ReplicaChecks;

  constructor(plan: ReplicasPlan, options: SimulateOptions) {
    const run = new Run({ ...options, plan, tasks: storageTasks, afterEvent: () => this.#checks.afterEvent() });
    const cluster = new ReplicaCluster(plan, run, this.#observer(run));
    this.#run = run;
    this.#checks = new ReplicaChecks(run, cluster);
    this.#stage = {
      plan,
      usual: plan.world,
      run,
      world: run.world,
      later: run.later,
      lasting: run.lasting,
      afterEvents: run.afterEvents,
      areFaultsOver: run.areFaultsOver,
      model: new ReplicasModel(plan.topics),
      cluster,
      losses: new Losses(plan.losses),
      chanceOf: (name) => new Chance(plan.seed, `simulator ${name}`),
    };
  }

  run(): Promise<Verdict> {
    return this.#run.verdictOf(async () => {
      const { cluster, plan, later, world, model } = this.#stage;
      cluster.start();
      const clients = Array.from({ length: plan.clients }, (_, index) => new ReplicaClient(this.#stage, `client-${index + 1}`));
      for (const client of clients) client.start();
      for (const fault of plan.faults) later(fault.atMs, () => this.#strike(fault));
      await world.run(plan.safetyMs);
      this.#run.throwFailure();
      this.#run.endFaults();
      for (const client of clients) client.stop();
      await converge(this.#stage);
      this.#run.throwFailure();
      this.#checks.full();
      model.judge();
    });
  }

  #strike({ kind, number }: PlannedFault<ReplicasFaultName>): void {
    const { plan, cluster, run } = this.#stage;
    const chance = new Chance(plan.seed, `fault ${number}`);
    const scene = { stage: this.#stage, chance, node: chance.pick(cluster.nodes) };
    if (replicasFaults[kind].strike(scene)) run.marks.hit(`fault ${kind}`);
  }

  #observer(run: Run): BrokerObserver {
    return {
      started: (node: BrokerNode) => {
        run.marks.hit(`start: ${node.broker!.directory.lastStop}`);
        run.guarded(() => this.#checks.started(node));
      },
      ended: (node: BrokerNode) => this.#checks.ended(node),
      failed: (_: BrokerNode, error: unknown) => {
        const code = (error as { code?: unknown }).code;
        run.marks.hit(`broker gave up: ${typeof code === "string" ? code : "bug"}`);
        if (typeof code !== "string") run.fail(error);
      },
    };
  }
}
