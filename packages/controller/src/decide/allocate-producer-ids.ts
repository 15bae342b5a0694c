import { type BrokerEpoch, type BrokerId, ProducerId } from "@millrace/vocabulary";
import { producerIdsPerBlock } from "../bounds.ts";
import { present } from "../brokers.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** The next block of producer ids, for a broker to give to its producers. */
export function decideAllocateProducerIds(
  { image }: Surroundings,
  brokerId: BrokerId,
  epoch: BrokerEpoch,
): Decision<{ first: ProducerId; count: number }> {
  present(image, brokerId, epoch);
  const first = image.nextProducerId;
  const next = ProducerId(first + producerIdsPerBlock);
  return { records: [{ type: "ProducerIds", next, givenTo: { brokerId, epoch } }], reply: { first, count: producerIdsPerBlock } };
}
