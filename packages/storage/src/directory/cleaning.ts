import type { Clock, Logger } from "@millrace/runtime";
import { codeOf, type Configuration } from "@millrace/vocabulary";
import { type Cleanable, cleanableOf } from "../compaction/cleanable.ts";
import { cleanLog } from "../compaction/clean-log.ts";
import type { LogState } from "../log/log-state.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { troubled } from "../log/trouble.ts";
import { damagedFrom } from "../segment/damage.ts";
import { Recurring } from "./recurring.ts";

export interface CleaningParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly configuration: Configuration;
  readonly logs: () => Iterable<PartitionLog>;
  readonly isHeld: () => boolean;
}

/** Compacts the logs of compacted topics, one at a time, the dirtiest first. */
export class Cleaning {
  readonly #parts: CleaningParts;
  readonly #job: Recurring | undefined;
  /** Logs that could not be compacted, and are left alone until the next start; one that is damaged, until it is not. */
  readonly #uncleanable = new WeakSet<LogState>();
  #isStopped = false;

  constructor(parts: CleaningParts) {
    const { clock, logger, configuration } = parts;
    this.#parts = parts;
    if (!configuration.get("log.cleaner.enable")) return;
    const intervalMs = () => configuration.get("log.cleaner.backoff.ms");
    this.#job = new Recurring(clock, logger, { name: "compaction", intervalMs, run: () => this.#round() });
  }

  /** Ends the compaction under way at its next chunk, and begins no other. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#job?.stop();
  }

  async #round(): Promise<void> {
    for (let log = await this.#dirtiest(); log !== undefined; log = await this.#dirtiest()) await this.#clean(log);
  }

  readonly #isHeld = (): boolean => this.#isStopped || this.#parts.isHeld();

  async #dirtiest(): Promise<PartitionLog | undefined> {
    let best: { log: PartitionLog; dirtyRatio: number } | undefined;
    for (const log of this.#parts.logs()) {
      if (this.#isHeld()) return undefined;
      const settings = log.state.settings();
      if (!settings["cleanup.policy"].includes("compact") || this.#isLeftAlone(log)) continue;
      const cleanable = await this.#look(log);
      const isDue = cleanable !== undefined && (cleanable.isOverdue || cleanable.dirtyRatio > settings["min.cleanable.dirty.ratio"]);
      if (isDue && cleanable.dirtyRatio > (best?.dirtyRatio ?? -1)) best = { log, dirtyRatio: cleanable.dirtyRatio };
    }
    return best?.log;
  }

  /** Looks at what could be compacted, behind the recovery point as it could be now. */
  async #look(log: PartitionLog): Promise<Cleanable | undefined> {
    try {
      const { recovery, segments } = log.state;
      if (recovery.baseOffset < segments.active.baseOffset) await log.flush({ syncIndexes: false });
      return await cleanableOf(log.state);
    } catch (error) {
      this.#leaveAlone(log, error);
      return undefined;
    }
  }

  async #clean(log: PartitionLog): Promise<void> {
    try {
      await cleanLog(log, this.#isHeld);
    } catch (error) {
      // Interrupted, not failed: the next round begins it anew.
      if (codeOf(error) !== "CLOSED") this.#leaveAlone(log, error);
    }
  }

  #isLeftAlone({ state }: PartitionLog): boolean {
    return this.#uncleanable.has(state) || state.damagedFrom !== undefined;
  }

  /** What the disk refused is no matter of this log alone: a sync that failed tells of pages that nobody knows. */
  #leaveAlone(log: PartitionLog, error: unknown): void {
    if (damagedFrom(error) === undefined) this.#uncleanable.add(log.state);
    this.#parts.logger.error("log not compacted", { log: log.state.name, code: codeOf(error), error });
    troubled(log.state, error);
  }
}
