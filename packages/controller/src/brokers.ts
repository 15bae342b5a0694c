import type { BrokerImage, MetadataImage } from "@millrace/metadata";
import { type BrokerEpoch, type BrokerId, MillraceError } from "@millrace/vocabulary";

/** Whether a broker may lead: it serves, and is not about to stop. */
export function isActive(broker: BrokerImage | undefined): boolean {
  return broker !== undefined && !broker.isFenced && !broker.isInControlledShutdown;
}

/** The broker whose present life has this epoch. Throws BROKER_ID_NOT_REGISTERED, STALE_BROKER_EPOCH. */
export function present(image: MetadataImage, id: BrokerId, epoch: BrokerEpoch): BrokerImage {
  const broker = image.brokers.get(id);
  if (broker === undefined) throw new MillraceError("BROKER_ID_NOT_REGISTERED", { broker: id });
  if (broker.epoch !== epoch) throw new MillraceError("STALE_BROKER_EPOCH", { broker: id, epoch, registered: broker.epoch });
  return broker;
}
