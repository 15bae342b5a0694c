import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { present } from "../brokers.ts";
import { type Departure, departureStretch } from "../departure.ts";
import { type DecidedRecord, type Decision, type Surroundings, unchanged } from "./decision.ts";

/**
 * A life of a broker ends in order: it gets no new leaderships from the first stretch on, and is fenced with the last one, when
 * it has none left. Answers where the next stretch begins; undefined: it has stopped. Refuses as `stopBroker` says.
 */
export function decideStopBroker(
  surroundings: Surroundings,
  { brokerId, epoch }: { brokerId: BrokerId; epoch: BrokerEpoch },
  from: Departure,
): Decision<Departure | undefined> {
  const broker = present(surroundings.image, brokerId, epoch);
  if (broker.isFenced) return unchanged(undefined);
  const { changes, next } = departureStretch(surroundings, brokerId, from);
  const records: DecidedRecord[] = [...changes];
  if (!broker.isInControlledShutdown) records.unshift({ type: "BrokerChange", brokerId, epoch, isInControlledShutdown: true });
  if (next === undefined) records.push({ type: "BrokerChange", brokerId, epoch, isFenced: true });
  return { records, reply: next };
}
