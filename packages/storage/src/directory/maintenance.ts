import type { LogDirectoryOptions } from "../directory-contract.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { Recurring } from "./recurring.ts";

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
    for (const log of this.#parts.logs()) await log.deleteOldSegments();
  }

  async #expireProducers(): Promise<void> {
    const { configuration, runtime } = this.#parts;
    const expirationMs = configuration.get("producer.id.expiration.ms");
    for (const { state } of this.#parts.logs()) state.producers.expire(runtime.clock.wallMs(), expirationMs);
  }
}
