import type { Controller } from "@millrace/controller";
import { type BrokerEpoch, type BrokerId, ProducerId } from "@millrace/vocabulary";

/** Hands out producer ids from a block that the controller gave to this broker, and asks for the next when it is used up. */
export class ProducerIds {
  readonly #controller: Controller;
  readonly #broker: BrokerId;
  readonly #epoch: () => BrokerEpoch;
  #next = 0;
  #end = 0;
  #fetching: Promise<void> | undefined;

  constructor(controller: Controller, broker: BrokerId, epoch: () => BrokerEpoch) {
    this.#controller = controller;
    this.#broker = broker;
    this.#epoch = epoch;
  }

  /** An id that nobody had before. Rejects as `Controller.allocateProducerIds` does. */
  async take(): Promise<ProducerId> {
    while (this.#next === this.#end) await this.#fetch();
    return ProducerId(this.#next++);
  }

  /** All who wait share one request. */
  #fetch(): Promise<void> {
    this.#fetching ??= this.#controller
      .allocateProducerIds(this.#broker, this.#epoch())
      .then(({ first, count }) => {
        this.#next = first;
        this.#end = first + count;
      })
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }
}
