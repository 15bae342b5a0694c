import type { Chance } from "@millrace/runtime/simulated";
import { MillraceError } from "@millrace/vocabulary";
import { drawByWeight } from "../plan.ts";
import { Unanswered, ask } from "./asking.ts";
import { quorumOperations } from "./operations/index.ts";
import type { QuorumLife, QuorumNode } from "./quorum-node.ts";
import type { QuorumStage } from "./stage.ts";

/** How long a client waits for an answer. */
const answerTimeoutMs = 4_000;

/** One client: it does one operation after the other, each drawn by chance, and asks mostly the node that leads. */
export class QuorumClient {
  readonly name: string;
  readonly stage: QuorumStage;
  readonly chance: Chance;
  #isStopped = false;

  constructor(stage: QuorumStage, name: string) {
    this.stage = stage;
    this.name = name;
    this.chance = stage.chanceOf(name);
  }

  /** Goes on until it is stopped. A violation ends the run. */
  start(): void {
    this.#goOn().catch((error: unknown) => this.stage.run.fail(error));
  }

  /** Begins no more operations. */
  stop(): void {
    this.#isStopped = true;
  }

  /** A node that believes that it leads, of which there may be several; or now and then any other. */
  drawNode(): QuorumNode {
    const { nodes } = this.stage.cluster;
    const leading = nodes.filter(({ life }) => life?.quorum.role.leader === true);
    return this.chance.pick(leading.length === 0 || this.chance.hits(150_000) ? nodes : leading);
  }

  /** Asks a node, and notes what came of it: undefined where it refused, or did not answer. */
  async ask<Answer>(operation: string, node: QuorumNode, act: (life: QuorumLife) => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await ask(this.stage, node, act, answerTimeoutMs);
      this.note(operation, "NONE");
      return answer;
    } catch (error) {
      if (error instanceof Unanswered) this.note(operation, "unanswered");
      else if (error instanceof MillraceError) this.note(operation, error.code);
      else throw error;
      return undefined;
    }
  }

  note(operation: string, outcome: string): void {
    const { hash, marks } = this.stage.run;
    hash.note(`${this.name} ${operation} ${outcome}`);
    marks.hit(`${operation}: ${outcome}`);
  }

  async #goOn(): Promise<void> {
    const { plan, run } = this.stage;
    while (!this.#isStopped) {
      await new Promise<void>((resolve) => void run.later(this.chance.within(plan.pauseMs), resolve));
      if (this.#isStopped) return;
      run.operations++;
      await quorumOperations[drawByWeight(plan.weights, this.chance)](this);
    }
  }
}
