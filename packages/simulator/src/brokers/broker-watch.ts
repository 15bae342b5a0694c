import type { MillraceError } from "@millrace/vocabulary";
import type { BrokerNode, BrokerObserver } from "./cluster/broker-node.ts";
import { Checks } from "./checks/checks.ts";
import type { Stage } from "./stage.ts";
import type { Run } from "../run.ts";

/** Follows what becomes of brokers: tells the model and the checks. */
export class BrokerWatch implements BrokerObserver {
  readonly #run: Run;
  readonly #stage: () => Stage;
  #checks: Checks | undefined;

  /** @param stage which is made together with the brokers, and stands when the first of them is started */
  constructor(run: Run, stage: () => Stage) {
    this.#run = run;
    this.#stage = stage;
  }

  get checks(): Checks {
    return (this.#checks ??= new Checks(this.#stage()));
  }

  started(node: BrokerNode): void {
    this.#run.marks.hit(`start: ${node.broker!.directory.lastStop}`);
    this.#run.guarded(() => this.checks.started(node));
  }

  ended(node: BrokerNode, how: Parameters<BrokerObserver["ended"]>[1]): void {
    this.#stage().model.crashed(how);
    this.checks.ended(node);
  }

  /** A broker gives up where its disk or its metadata refuses; anything else is a bug of its own. */
  failed(_: BrokerNode, error: unknown): void {
    const code = (error as { code?: unknown }).code;
    this.#run.marks.hit(`broker gave up: ${typeof code === "string" ? code : "bug"}`);
    // No fault takes a file away while a process lives: one that is not there was looked for in vain.
    const isInVain = (error as Partial<MillraceError>).facts?.["errno"] === "ENOENT";
    if (typeof code !== "string" || isInVain) this.#run.fail(error);
  }
}
