import type { Configuration } from "@millrace/vocabulary";

/** Counts connections, all and by address, against max.connections and max.connections.per.ip. */
export class ConnectionLimits {
  readonly #configuration: Configuration;
  readonly #byAddress = new Map<string, number>();
  #all = 0;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  /** Whether one more may be open; if so it counts until `release`. */
  admit(address: string): boolean {
    const fromThere = this.#byAddress.get(address) ?? 0;
    if (this.#all >= this.#configuration.get("max.connections")) return false;
    if (fromThere >= this.#configuration.get("max.connections.per.ip")) return false;
    this.#all++;
    this.#byAddress.set(address, fromThere + 1);
    return true;
  }

  release(address: string): void {
    this.#all--;
    const fromThere = this.#byAddress.get(address)! - 1;
    if (fromThere === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, fromThere);
  }
}
