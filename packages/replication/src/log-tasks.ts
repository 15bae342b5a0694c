import type { Logger } from "@millrace/runtime";

/** Logs that are opened or removed at once: enough to keep the disk busy, few enough not to hold the loop. */
const underWayMax = 32;

/** What is done to logs, a few at a time. */
export class LogTasks {
  readonly #logger: Logger;
  readonly #underWay = new Set<Promise<void>>();
  readonly #waiting: (() => Promise<void>)[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Does something once there is not too much under way; `failure` is what is logged where it cannot be done. */
  add(failure: string, facts: object, task: () => Promise<void>): void {
    this.#begin(() => task().catch((error: unknown) => this.#logger.error(failure, { ...facts, error })));
  }

  /** Resolves when everything that was begun is done, or has failed. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #begin(task: () => Promise<void>): void {
    if (this.#underWay.size >= underWayMax) return void this.#waiting.push(task);
    const running = task().finally(() => {
      this.#underWay.delete(running);
      const next = this.#waiting.shift();
      if (next !== undefined) this.#begin(next);
    });
    this.#underWay.add(running);
  }
}
