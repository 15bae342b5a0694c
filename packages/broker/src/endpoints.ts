import type { BrokerImage, MetadataImage } from "@millrace/metadata";
import type { RequestContext } from "@millrace/security";
import type { BrokerId } from "@millrace/vocabulary";

/** Where a client reaches a broker. */
export interface BrokerAddress {
  readonly id: BrokerId;
  readonly host: string;
  readonly port: number;
  readonly rack: string | undefined;
}

/** Tells clients where brokers are, by the listener that they use themselves. */
export class Endpoints {
  readonly #self: BrokerId;
  readonly #isAdvertised: boolean;

  /** @param isAdvertised whether advertised.listeners is set; otherwise this broker is where the client found it */
  constructor(self: BrokerId, isAdvertised: boolean) {
    this.#self = self;
    this.#isAdvertised = isAdvertised;
  }

  /** Undefined where the broker has no listener of this name. */
  of(broker: BrokerImage, context: RequestContext): BrokerAddress | undefined {
    const { id, rack } = broker;
    if (id === this.#self && !this.#isAdvertised) return { id, rack, ...context.local };
    const listener = broker.listeners.find(({ name }) => name === context.listener);
    return listener === undefined ? undefined : { id, rack, host: listener.host, port: listener.port };
  }

  /** Every broker that is not fenced and has a listener for this client, by id. */
  all(image: MetadataImage, context: RequestContext): BrokerAddress[] {
    return [...image.brokers.values()]
      .filter(({ isFenced }) => !isFenced)
      .map((broker) => this.of(broker, context))
      .filter((address) => address !== undefined)
      .sort((a, b) => a.id - b.id);
  }
}
