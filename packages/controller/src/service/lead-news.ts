import type { Quorum } from "@millrace/raft";
import type { BrokerId } from "@millrace/vocabulary";
import { type Lead, leadOf } from "../lead.ts";

/** Who leads, as a node tells it to brokers. */
export class LeadNews {
  readonly #quorum: Quorum;
  readonly #self: BrokerId;
  readonly #watchers = new Set<(lead: Lead | undefined) => void>();

  constructor(quorum: Quorum, self: BrokerId) {
    this.#quorum = quorum;
    this.#self = self;
    quorum.watchLeader(() => this.tell());
  }

  /** Whoever has the votes; this node also while it is still taking the lead over. */
  get elected(): Lead | undefined {
    return leadOf(this.#quorum);
  }

  /** Whoever may be asked: this node only once it is ready. */
  get ready(): Lead | undefined {
    const { elected } = this;
    return elected?.id === this.#self && !this.#quorum.role.leader ? undefined : elected;
  }

  /** Calls back with `ready` whenever it may have changed, until the function it returns is called. */
  watch(watcher: (lead: Lead | undefined) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** It may have changed. */
  tell(): void {
    const { ready } = this;
    for (const watcher of this.#watchers) watcher(ready);
  }
}
