import type { MetadataImage } from "@millrace/metadata";
import { BrokerEpoch, type BrokerId } from "@millrace/vocabulary";
import type { KnownBrokers } from "./surroundings.ts";

/** The brokers of the newest image. */
export class RegisteredBrokers implements KnownBrokers {
  #image: MetadataImage | undefined;

  update(image: MetadataImage): void {
    this.#image = image;
  }

  mayJoin(id: BrokerId, epoch: BrokerEpoch): boolean {
    const broker = this.#image?.brokers.get(id);
    return broker !== undefined && broker.epoch === epoch && !broker.isFenced && !broker.isInControlledShutdown;
  }

  epochOf(id: BrokerId): BrokerEpoch {
    return this.#image?.brokers.get(id)?.epoch ?? BrokerEpoch(-1);
  }
}
