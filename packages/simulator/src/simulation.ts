import { Chance, simulatedWorld, type SimulatedLine, type SimulatedWorld } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import { Checks } from "./checks/checks.ts";
import { ClientPool } from "./clients/client-pool.ts";
import type { BrokerNode } from "./cluster/broker-node.ts";
import { Cluster } from "./cluster/cluster.ts";
import { hasRetention } from "./cluster/settings.ts";
import { EventHash } from "./event-hash.ts";
import { faults } from "./faults/index.ts";
import { converge } from "./liveness.ts";
import { Marks } from "./marks.ts";
import { Model } from "./model/model.ts";
import type { Plan, PlannedFault } from "./plan.ts";
import type { Stage } from "./stage.ts";
import type { Failure, Verdict } from "./verdict.ts";
import { Violation } from "./violation.ts";

export interface SimulateOptions {
  /** Takes every line that a process logs. */
  readonly log?: (line: SimulatedLine) => void;
}

/** Runs what a seed has drawn: faults for a while, then a core that heals and must converge. Never rejects: a failure is a verdict. */
export async function simulate(plan: Plan, options: SimulateOptions = {}): Promise<Verdict> {
  return new Simulation(plan, options).run();
}

class Simulation {
  readonly #stage: Stage;
  readonly #checks: Checks;
  #failure: { readonly error: unknown } | undefined;
  /** What is to happen between two events, by the number of the event. */
  readonly #armed = new Map<number, (() => void)[]>();

  constructor(plan: Plan, { log }: SimulateOptions) {
    const world = simulatedWorld(plan.seed, plan.world, { tasks: storageTasks, atRest: () => this.#atRest(), ...(log && { log }) });
    const { clock } = world.process("conductor");
    const later = (delayMs: number, act: () => void) => void clock.timer(delayMs, act);
    const observer = {
      started: (node: BrokerNode) => this.#guarded(() => this.#started(node)),
      ended: (node: BrokerNode, how: Parameters<Model["crashed"]>[0]) => this.#ended(node, how),
      failed: (_: BrokerNode, error: unknown) => this.#brokerFailed(error),
    };
    const cluster = new Cluster({ world, later, settings: plan.settings, observer });
    this.#stage = {
      plan,
      world,
      cluster,
      later,
      model: new Model(plan.settings["millrace.durability"] === "synced"),
      marks: new Marks(),
      hash: new EventHash(),
      fail: (error) => void (this.#failure ??= { error }),
      mayRetire: hasRetention(plan.settings),
      clients: new ClientPool(plan.clients),
      afterEvents: (events, act) => this.#arm(world.events + events, act),
      operations: 0,
    };
    this.#checks = new Checks(this.#stage);
  }

  async run(): Promise<Verdict> {
    const { stage } = this;
    let failure: Failure | undefined;
    try {
      stage.cluster.start();
      stage.clients.start(stage);
      for (const fault of stage.plan.faults) stage.later(fault.atMs, () => this.#guarded(() => this.#strike(fault)));
      await stage.world.run(stage.plan.safetyMs);
      this.#throwFailure();
      this.#armed.clear();
      await converge(stage);
      this.#throwFailure();
      this.#checks.final();
      stage.model.judge();
    } catch (error) {
      failure = this.#failureOf(this.#failure?.error ?? error);
    }
    return this.#verdict(stage.world, failure);
  }

  get stage(): Stage {
    return this.#stage;
  }

  #atRest(): void {
    const { world } = this.#stage;
    this.#throwFailure();
    this.#checks.afterEvent();
    if (this.#armed.size === 0) return;
    const due = this.#armed.get(world.events);
    this.#armed.delete(world.events);
    for (const act of due ?? []) act();
  }

  #arm(event: number, act: () => void): void {
    this.#armed.set(event, [...(this.#armed.get(event) ?? []), act]);
  }

  #strike({ kind, number }: PlannedFault): void {
    const { plan, cluster, clients, marks } = this.#stage;
    const chance = new Chance(plan.seed, `fault ${number}`);
    const scene = { stage: this.#stage, chance, node: chance.pick(cluster.nodes), client: chance.pick(clients.names) };
    if (faults[kind].strike(scene)) marks.hit(`fault ${kind}`);
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

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#stage.fail(error);
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #failureOf(error: unknown): Failure {
    const { world } = this.#stage;
    const property = error instanceof Violation ? error.property : "bug";
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { property, step: world.events, atMs: world.nowMs, text };
  }

  #verdict(world: SimulatedWorld, failure: Failure | undefined): Verdict {
    const { plan, hash, marks, operations } = this.#stage;
    hash.noteNumber(world.fingerprint);
    hash.noteNumber(world.events);
    return { seed: plan.seed, failure, events: world.events, operations, virtualMs: world.nowMs, hash: hash.text, marks };
  }
}
