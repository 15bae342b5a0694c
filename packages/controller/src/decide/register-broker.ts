import type { MetadataImage, MetadataRecord } from "@millrace/metadata";
import { BrokerEpoch, type BrokerId, MillraceError, type Uuid } from "@millrace/vocabulary";
import { featuresMax, listenersMax, registrationTextMax } from "../bounds.ts";
import { isActive, present } from "../brokers.ts";
import type { BrokerRegistration } from "../controller.ts";
import { afterReturn } from "../leadership.ts";
import { firstPlace, type PartitionPlace, type Stretch, walkPartitions } from "../partition-walk.ts";
import { type Decision, type Surroundings, unchanged } from "./decision.ts";

/** What a registration came to, and where the walk over the broker's partitions goes on. */
export interface Registered {
  readonly epoch: BrokerEpoch;
  readonly next: PartitionPlace | undefined;
}

/**
 * A life of a broker begins. Refuses as `registerBroker` says.
 *
 * @param clusterId of this cluster
 * @param session the incarnation that has registered with this controller and has not stopped
 */
export function decideRegisterBroker(
  surroundings: Surroundings,
  registration: BrokerRegistration,
  { clusterId, session }: { clusterId: Uuid; session: Uuid | undefined },
): Decision<Registered> {
  const { image, nextOffset } = surroundings;
  const { id, incarnation } = registration;
  if (registration.clusterId !== clusterId)
    throw new MillraceError("INCONSISTENT_CLUSTER_ID", { broker: id, clusterId, given: registration.clusterId });
  checkBounds(registration);
  checkLevels(image, registration);
  const before = image.brokers.get(id);
  if (before?.incarnation === incarnation && !before.isFenced) return unchanged({ epoch: before.epoch, next: undefined });
  if (session !== undefined && session !== incarnation) throw new MillraceError("DUPLICATE_BROKER_REGISTRATION", { broker: id });
  const { changes, next } = returnStretch(image, id, firstPlace);
  return { records: [...birth(registration, BrokerEpoch(nextOffset)), ...changes], reply: { epoch: BrokerEpoch(nextOffset), next } };
}

/** Goes on with the leaders of a broker's partitions, where a registration was too long for one step. */
export function decideReturn({ image }: Surroundings, id: BrokerId, { epoch, next }: Registered): Decision<Registered> {
  present(image, id, epoch);
  const stretch = returnStretch(image, id, next ?? firstPlace);
  return { records: stretch.changes, reply: { epoch, next: stretch.next } };
}

function birth(registration: BrokerRegistration, epoch: BrokerEpoch): MetadataRecord[] {
  const { id, incarnation, directoryId, host, rack, listeners, features = new Map() } = registration;
  return [
    { type: "RegisterBroker", brokerId: id, incarnation, directoryId, host, rack, listeners, features, state: undefined },
    { type: "BrokerChange", brokerId: id, epoch, isFenced: false },
  ];
}

function returnStretch(image: MetadataImage, id: BrokerId, from: PartitionPlace): Stretch {
  const active = (other: BrokerId) => other === id || isActive(image.brokers.get(other));
  return walkPartitions(image, id, from, (topicId, partition) => afterReturn(topicId, partition, id, active));
}

function checkBounds({ id, host, rack = "", listeners, features = new Map() }: BrokerRegistration): void {
  if (listeners.length > listenersMax)
    throw new MillraceError("INVALID_REGISTRATION", { broker: id, listeners: listeners.length, listenersMax });
  if (features.size > featuresMax) throw new MillraceError("INVALID_REGISTRATION", { broker: id, features: features.size, featuresMax });
  const texts = [host, rack, ...features.keys(), ...listeners.flatMap((listener) => [listener.name, listener.host])];
  const longest = Math.max(...texts.map(({ length }) => length));
  if (longest > registrationTextMax)
    throw new MillraceError("INVALID_REGISTRATION", { broker: id, textLength: longest, registrationTextMax });
}

function checkLevels(image: MetadataImage, { id, features }: BrokerRegistration): void {
  for (const [feature, { min, max }] of features ?? []) {
    const level = image.features.get(feature);
    if (level !== undefined && (level < min || level > max))
      throw new MillraceError("UNSUPPORTED_VERSION", { broker: id, feature, finalised: level, min, max });
  }
}
