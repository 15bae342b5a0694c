import { Chance } from "@millrace/runtime/simulated";
import { MillraceError } from "@millrace/vocabulary";
import { Register } from "../history/register.ts";
import type { PlannedFault } from "../plan.ts";
import { Run, type SimulateOptions } from "../run.ts";
import type { Verdict } from "../verdict.ts";
import { Violation } from "../violation.ts";
import { Commits } from "./checks/commits.ts";
import { QuorumChecks } from "./checks/quorum-checks.ts";
import { type QuorumFaultName, quorumFaults } from "./faults/index.ts";
import { converge } from "./liveness.ts";
import type { QuorumPlan } from "./plan.ts";
import { QuorumClient } from "./quorum-client.ts";
import { QuorumCluster } from "./quorum-cluster.ts";
import type { QuorumNode, QuorumObserver } from "./quorum-node.ts";
import type { QuorumStage } from "./stage.ts";

/** Few keys, so that clients meet. */
const keys = ["a", "b", "c", "d", "e"];
/** Branches that runs must come across. */
export const quorumMarks: readonly string[] = [
  "leader elected",
  "a snapshot was restored",
  "a log was cut off",
  "add voter: NONE",
  "remove voter: NONE",
  "transfer lead: NONE",
  "node gave up: DATA_DAMAGED",
];
/** How often a fault is about the node that leads. */
const leaderPpm = 400_000;

/** A run of a quorum: faults for a while, then a random majority that heals and must converge. */
export class QuorumSimulation {
  readonly #run: Run;
  readonly #stage: QuorumStage;
  readonly #checks: QuorumChecks;

  constructor(plan: QuorumPlan, options: SimulateOptions) {
    const commits = new Commits();
    const run = new Run({ ...options, plan, afterEvent: () => this.#checks.afterEvent(this.#stage.cluster.nodes) });
    const setsInForce = () => this.#checks.setsInForce(this.#stage.cluster.nodes);
    let values = 0;
    this.#run = run;
    this.#checks = new QuorumChecks(run, commits);
    this.#stage = {
      plan,
      usual: plan.world,
      run,
      world: run.world,
      later: run.later,
      lasting: run.lasting,
      afterEvents: run.afterEvents,
      areFaultsOver: run.areFaultsOver,
      commits,
      cluster: new QuorumCluster({ plan, run, observer: this.#observer(commits), setsInForce }),
      registers: new Map(keys.map((key) => [key, new Register(key, "R9", undefined)])),
      chanceOf: (name) => new Chance(plan.seed, `simulator ${name}`),
      nextValue: () => String(values++),
      backups: { taken: false },
    };
  }

  run(): Promise<Verdict> {
    return this.#run.verdictOf(async () => {
      const { cluster, plan, later, world, registers } = this.#stage;
      cluster.start();
      const clients = Array.from({ length: plan.clients }, (_, index) => new QuorumClient(this.#stage, `client-${index + 1}`));
      for (const client of clients) client.start();
      for (const fault of plan.faults) later(fault.atMs, () => this.#strike(fault));
      await world.run(plan.safetyMs);
      this.#run.throwFailure();
      this.#run.endFaults();
      for (const client of clients) client.stop();
      await converge(this.#stage);
      this.#run.throwFailure();
      this.#checks.full(cluster.nodes);
      for (const register of registers.values()) register.judge();
    });
  }

  #strike({ kind, number }: PlannedFault<QuorumFaultName>): void {
    const { plan, cluster, run } = this.#stage;
    const chance = new Chance(plan.seed, `fault ${number}`);
    const any = chance.pick(cluster.nodes);
    const node = chance.hits(leaderPpm) ? (cluster.leader ?? any) : any;
    if (quorumFaults[kind].strike({ stage: this.#stage, chance, node })) run.marks.hit(`fault ${kind}`);
  }

  #observer(commits: Commits): QuorumObserver {
    const run = this.#run;
    return {
      restored: (keeper, offset) => {
        if (offset > 0) run.marks.hit("a snapshot was restored");
        run.guarded(() => commits.restored(keeper, offset));
      },
      folded: (...folded) => run.guarded(() => commits.folded(...folded)),
      failed: (node, error) => this.#failed(node, error),
    };
  }

  /** A node gives up where its store refuses, or what is in it was spoilt; anything else is a bug of its own. */
  #failed(node: QuorumNode, error: unknown): void {
    const code = error instanceof MillraceError ? error.code : undefined;
    this.#run.marks.hit(`node gave up: ${code ?? "bug"}`);
    if (code === undefined) this.#run.fail(error);
    else if (code === "DATA_DAMAGED" && !node.isRotten) this.#run.fail(new Violation("R8", { node: node.name, text: String(error) }));
  }
}
