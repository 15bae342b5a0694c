import { Chance } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import type { PlannedFault } from "../plan.ts";
import { Run, type SimulateOptions } from "../run.ts";
import type { Verdict } from "../verdict.ts";
import { BrokerWatch } from "./broker-watch.ts";
import { Cluster } from "./cluster/cluster.ts";
import { type BrokerFaultName, brokerFaults } from "./faults/index.ts";
import { converge } from "./liveness.ts";
import { operations } from "./operations/index.ts";
import type { BrokerPlan } from "./plan.ts";
import type { Stage } from "./stage.ts";
import { stageOfRun } from "./stage-of-run.ts";

/** A run of a broker and its clients: faults for a while, then a core that heals and must converge. */
export class BrokerSimulation {
  readonly #run: Run;
  readonly #plan: BrokerPlan;
  readonly #cluster: Cluster;
  readonly #stage: Stage;
  readonly #watch: BrokerWatch;

  constructor(plan: BrokerPlan, options: SimulateOptions) {
    const run = new Run({ ...options, plan, tasks: storageTasks, afterEvent: () => this.#watch.checks.afterEvent() });
    this.#run = run;
    this.#plan = plan;
    this.#watch = new BrokerWatch(run, () => this.#stage);
    this.#cluster = new Cluster({ world: run.world, later: run.later, settings: plan.settings, observer: this.#watch });
    this.#stage = stageOfRun(run, { plan, cluster: this.#cluster, operations, mayLoseLead: false });
  }

  run(): Promise<Verdict> {
    return this.#run.verdictOf(async () => {
      const { clients, later, world, model } = this.#stage;
      const { faults, safetyMs } = this.#plan;
      this.#cluster.start();
      clients.start(this.#stage);
      for (const fault of faults) later(fault.atMs, () => this.#strike(fault));
      await world.run(safetyMs);
      this.#run.throwFailure();
      this.#run.endFaults();
      await converge(this.#stage);
      this.#run.throwFailure();
      this.#watch.checks.final();
      model.judge();
    });
  }

  #strike({ kind, number }: PlannedFault<BrokerFaultName>): void {
    const { plan, cluster, clients, marks } = this.#stage;
    const chance = new Chance(plan.seed, `fault ${number}`);
    const scene = { stage: this.#stage, chance, node: chance.pick(cluster.nodes), client: chance.pick(clients.names) };
    if (brokerFaults[kind].strike(scene)) marks.hit(`fault ${kind}`);
  }
}
