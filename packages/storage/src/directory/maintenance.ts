import type { LogDirectoryOptions } from "../directory-contract.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { Turns } from "../turns.ts";
import { Recurring } from "./recurring.ts";

/** Steps of work that a look at one log counts for. */
const stepsPerLog = 64;

export interface MaintenanceParts extends LogDirectoryOptions {
  readonly logs: () => Iterable<PartitionLog>;
}

/** What is done to all logs now and then: old segments go, silent producers are forgotten. */
export class Maintenance {
  readonly #parts: MaintenanceParts;
  readonly #jobs: readonly Recurring[];

  constructor(parts: MaintenanceParts) {
    this.#parts = parts;
    const { configuration, runtime } = parts;
    const retention = {
      name: "retention",
      intervalMs: () => configuration.get("log.retention.check.interval.ms"),
      run: () => this.#deleteOld(),
    };
    const expiry = {
      name: "producer expiry",
      intervalMs: () => configuration.get("producer.id.expiration.check.interval.ms"),
      run: () => this.#expireProducers(),
    };
    this.#jobs = [retention, expiry].map((job) => new Recurring(runtime.clock, runtime.logger, job));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#jobs.map((job) => job.stop()));
  }

  async #deleteOld(): Promise<void> {
    for await (const log of this.#each()) await log.deleteOldSegments();
  }

  async #expireProducers(): Promise<void> {
    const { configuration, runtime } = this.#parts;
    const expirationMs = configuration.get("producer.id.expiration.ms");
    for await (const { state } of this.#each()) state.producers.expire(runtime.clock.wallMs(), expirationMs);
  }

  /** Every log; the loop has its turns between them. */
  async *#each(): AsyncGenerator<PartitionLog> {
    const turns = new Turns(this.#parts.runtime.clock);
    for (const log of this.#parts.logs()) {
      yield log;
      await turns.count(stepsPerLog);
    }
  }
}
