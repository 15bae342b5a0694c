import { type BrokerEpoch, type BrokerId, MillraceError } from "@millrace/vocabulary";
import type { Departure } from "../departure.ts";
import type { DecidedRecord, Decision, Surroundings } from "./decision.ts";
import { decideFenceBroker } from "./fence-broker.ts";

/** The life that ends, and where the walk over its partitions goes on. */
export interface Unregistered {
  readonly epoch: BrokerEpoch;
  readonly next: Departure | undefined;
}

/**
 * A broker that is gone leaves the cluster: it is fenced first, where it is not, and removed with the last stretch of its partitions,
 * which keep its replicas. BROKER_ID_NOT_REGISTERED where there is none, or another life of it by now.
 *
 * @param epoch of the life that ends, where a stretch went before
 */
export function decideUnregisterBroker(
  surroundings: Surroundings,
  { brokerId, epoch }: { brokerId: BrokerId; epoch: BrokerEpoch | undefined },
  from: Departure,
): Decision<Unregistered> {
  const broker = surroundings.image.brokers.get(brokerId);
  if (broker === undefined || (epoch !== undefined && broker.epoch !== epoch))
    throw new MillraceError("BROKER_ID_NOT_REGISTERED", { broker: brokerId });
  const life = { brokerId, epoch: broker.epoch };
  const { records, reply: next } = decideFenceBroker(surroundings, life, from);
  const all: DecidedRecord[] = [...records];
  if (next === undefined) all.push({ type: "RemoveBroker", ...life });
  return { records: all, reply: { epoch: broker.epoch, next } };
}
