import type { BrokerImage } from "@millrace/metadata";
import { BrokerEpoch, type BrokerId, MillraceError, type Uuid } from "@millrace/vocabulary";
import { type Arrival, arrivalBegins, arrivalStretch } from "../arrival.ts";
import { present } from "../brokers.ts";
import type { BrokerRegistration } from "../controller.ts";
import type { Holdings } from "../leadership.ts";
import { checkRegistration } from "../registration-checks.ts";
import type { DecidedRecord, Decision, Surroundings } from "./decision.ts";

/** What a registration came to, and how its arrival goes on; undefined: it has arrived. */
export interface Registered {
  readonly epoch: BrokerEpoch;
  readonly next: Arrival | undefined;
}

/**
 * A life of a broker begins. Refuses as `registerBroker` says. A life that is registered already goes on with its arrival, which a
 * former controller may not have finished.
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
  checkRegistration(image, registration);
  const before = image.brokers.get(id);
  const holdings = { holds: holdingsOf(before, registration) };
  if (before?.incarnation === incarnation && !before.isFenced)
    return decideArrival(surroundings, id, { epoch: before.epoch, next: arrivalBegins("leaderless", holdings) });
  if (session !== undefined && session !== incarnation) throw new MillraceError("DUPLICATE_BROKER_REGISTRATION", { broker: id });
  const epoch = BrokerEpoch(nextOffset);
  const { changes, next } = arrivalStretch(surroundings, id, arrivalBegins("everything", holdings));
  if (next?.walk === "everything") return { records: [birth(registration), ...changes], reply: { epoch, next } };
  return { records: [birth(registration), unfencing(id, epoch), ...changes], reply: { epoch, next: undefined } };
}

/** Goes on with an arrival. STALE_BROKER_EPOCH where another life has begun since. */
export function decideArrival(surroundings: Surroundings, id: BrokerId, { epoch, next: arrival }: Registered): Decision<Registered> {
  present(surroundings.image, id, epoch);
  const { changes, next } = arrivalStretch(surroundings, id, arrival!);
  const isLast = arrival!.walk === "everything" && next?.walk !== "everything";
  return { records: isLast ? [unfencing(id, epoch), ...changes] : changes, reply: { epoch, next } };
}

/**
 * What a life begins with: not everything after a stop that may have lost records, nor where the directory does not go on with the life
 * that the cluster knows of; a copy of a directory from another day goes on with an earlier one.
 */
function holdingsOf(before: BrokerImage | undefined, registration: BrokerRegistration): Holdings["holds"] {
  const { lastStop, directoryId } = registration;
  if (lastStop === "first" || (before !== undefined && before.directoryId !== directoryId)) return "nothing";
  return lastStop === "lossy" || before === undefined || !isGoneOnWith(before, registration) ? "part" : "everything";
}

/**
 * One life has several epochs where it was fenced in between, and may end before it has noted the last: that is told by its incarnation. A
 * directory that an earlier version wrote remembers the epoch alone.
 */
function isGoneOnWith({ incarnation, epoch }: BrokerImage, { lives, previousEpoch }: BrokerRegistration): boolean {
  return lives.includes(incarnation) || epoch === previousEpoch;
}

function birth(registration: BrokerRegistration): DecidedRecord {
  const { id, incarnation, directoryId, host, rack, listeners, features = new Map() } = registration;
  return { type: "RegisterBroker", brokerId: id, incarnation, directoryId, host, rack, listeners, features, state: undefined };
}

function unfencing(brokerId: BrokerId, epoch: BrokerEpoch): DecidedRecord {
  return { type: "BrokerChange", brokerId, epoch, isFenced: false };
}
