import { assert, type BrokerId } from "@millrace/vocabulary";
import type { BrokerLoad } from "./image.ts";
import { inOrder } from "./ordered-map.ts";

/** What each broker carries in an image to be. */
export class LoadsDraft {
  readonly #before: ReadonlyMap<BrokerId, BrokerLoad>;
  readonly #changes = new Map<BrokerId, { replicas: number; preferred: number }>();

  constructor(before: ReadonlyMap<BrokerId, BrokerLoad>) {
    this.#before = before;
  }

  /** A partition has these replicas from now on, the preferred leader first. */
  add(replicas: readonly BrokerId[]): void {
    this.#count(replicas, 1);
  }

  /** A partition has these replicas no longer. */
  remove(replicas: readonly BrokerId[]): void {
    this.#count(replicas, -1);
  }

  finish(): ReadonlyMap<BrokerId, BrokerLoad> {
    if (this.#changes.size === 0) return this.#before;
    const loads = new Map(this.#before);
    for (const [id, change] of this.#changes) {
      const before = loads.get(id) ?? { replicas: 0, preferred: 0 };
      const after = { replicas: before.replicas + change.replicas, preferred: before.preferred + change.preferred };
      assert(after.replicas >= after.preferred && after.preferred >= 0, "no broker carries less than nothing", { id, before, change });
      if (after.replicas === 0) loads.delete(id);
      else loads.set(id, after);
    }
    return inOrder(loads);
  }

  #count(replicas: readonly BrokerId[], by: 1 | -1): void {
    for (const [position, id] of replicas.entries()) {
      const change = this.#changes.get(id) ?? { replicas: 0, preferred: 0 };
      change.replicas += by;
      if (position === 0) change.preferred += by;
      this.#changes.set(id, change);
    }
  }
}
