import { Log } from "@millrace/contracts/log";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "./batch-builder.ts";

/** Who this producer is. All partitions share an identity, until one of them must start over: it then brings a new one. */
export class Identities {
  readonly #cluster: Cluster;
  #latest: Identity | undefined;
  #asking: Promise<Identity> | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /**
   * An identity that is not `former`. Rejects as `Cluster.ask` does.
   *
   * @param former what the partition may not use again
   */
  async other(former: Identity | undefined): Promise<Identity> {
    if (this.#latest !== undefined && this.#latest !== former) return this.#latest;
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  async #ask(): Promise<Identity> {
    try {
      const { producerId, producerEpoch } = await this.#cluster.ask(Log.initProducer, {});
      this.#latest = { producerId, producerEpoch };
      return this.#latest;
    } finally {
      this.#asking = undefined;
    }
  }
}
