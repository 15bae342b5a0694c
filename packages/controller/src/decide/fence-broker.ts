import type { MetadataRecord } from "@millrace/metadata";
import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { type Departure, departureStretch } from "../departure.ts";
import { type Decision, type Surroundings, unchanged } from "./decision.ts";

/**
 * A life of a broker is over: it is fenced before its first partition changes, so that nothing new is given to it meanwhile, and
 * leaves ISRs and leaderships as one that stops does. Answers where the next stretch begins. Begun anew, it finishes what a former
 * controller began; of an earlier life there is nothing to do.
 */
export function decideFenceBroker(
  surroundings: Surroundings,
  { brokerId, epoch }: { brokerId: BrokerId; epoch: BrokerEpoch },
  from: Departure,
): Decision<Departure | undefined> {
  const broker = surroundings.image.brokers.get(brokerId);
  if (broker?.epoch !== epoch) return unchanged(undefined);
  const { changes, next } = departureStretch(surroundings, brokerId, from);
  const fence: MetadataRecord = { type: "BrokerChange", brokerId, epoch, isFenced: true };
  return { records: broker.isFenced ? changes : [fence, ...changes], reply: next };
}
