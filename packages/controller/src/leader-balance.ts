import type { Clock, Logger, Timer } from "@millrace/runtime";
import { type Configuration, secondMs } from "@millrace/vocabulary";
import { decideBalanceLeaders } from "./decide/balance-leaders.ts";
import type { Proposals } from "./proposals.ts";

export interface LeaderBalanceParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly configuration: Configuration;
  readonly proposals: Proposals;
}

/** Lets leaderships move back to preferred leaders, every `leader.imbalance.check.interval.seconds`, while this node leads. */
export class LeaderBalance {
  readonly #parts: LeaderBalanceParts;
  #timer: Timer | undefined;

  constructor(parts: LeaderBalanceParts) {
    this.#parts = parts;
  }

  begin(): void {
    const { clock, configuration } = this.#parts;
    this.#timer?.cancel();
    if (!configuration.get("auto.leader.rebalance.enable")) return;
    const intervalMs = configuration.get("leader.imbalance.check.interval.seconds") * secondMs;
    this.#timer = clock.timer(intervalMs, () => void this.#check());
  }

  end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  async #check(): Promise<void> {
    const { logger } = this.#parts;
    const moved = await this.#balance().catch((error: unknown) => {
      // Where this node leads no longer, the next leader looks by itself.
      logger.info("leaderships not moved back", { error });
      return 0;
    });
    if (moved > 0) logger.info("leaderships moved back to preferred leaders", { moved });
    if (this.#timer !== undefined) this.begin();
  }

  async #balance(): Promise<number> {
    let all = 0;
    for (;;) {
      const { moved, hasMore } = await this.#parts.proposals.decide(decideBalanceLeaders);
      all += moved;
      if (!hasMore) return all;
    }
  }
}
