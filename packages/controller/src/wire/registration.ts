import type { Draft } from "@millrace/contracts";
import { LastStop, type Registration } from "@millrace/contracts/session";
import { BrokerEpoch, BrokerId, MillraceError, type Offset, uuidFromBytes, uuidToBytes, type Uuid } from "@millrace/vocabulary";
import type { BrokerRegistration } from "../controller.ts";

/** By its number in session.proto. */
const lastStops: readonly BrokerRegistration["lastStop"][] = ["first", "clean", "crashed", "lossy"];

/** A registration as it crosses to the controller, with the last record that the broker has. */
export function registrationDraft(registration: BrokerRegistration, metadataOffset: Offset): Draft<Registration> {
  const { id, incarnation, directoryId, clusterId, features = new Map(), lastStop, previousEpoch, lives, ...rest } = registration;
  return {
    ...rest,
    brokerId: id,
    incarnation: uuidToBytes(incarnation),
    directoryId: uuidToBytes(directoryId),
    clusterId: uuidToBytes(clusterId),
    features: [...features].map(([name, { min, max }]) => ({ name, levelMin: min, levelMax: max })),
    lastStop: LastStop[lastStop.toUpperCase() as keyof typeof LastStop],
    previousEpoch,
    lives: lives.map(uuidToBytes),
    metadataOffset,
  };
}

/** The registration that a broker sent. INVALID_REGISTRATION where it is none. */
export function registrationOf(message: Registration): BrokerRegistration {
  const { brokerId, host, rack, listeners, features, previousEpoch } = message;
  const lastStop = lastStops[message.lastStop];
  if (brokerId < 0 || lastStop === undefined)
    throw new MillraceError("INVALID_REGISTRATION", { broker: brokerId, lastStop: message.lastStop });
  return {
    id: BrokerId(brokerId),
    incarnation: uuidOf(message, "incarnation"),
    directoryId: uuidOf(message, "directoryId"),
    clusterId: uuidOf(message, "clusterId"),
    host,
    rack: rack ?? undefined,
    listeners,
    features: new Map(features.map(({ name, levelMin, levelMax }) => [name, { min: levelMin, max: levelMax }])),
    lastStop,
    previousEpoch: previousEpoch === null ? undefined : BrokerEpoch(previousEpoch),
    lives: message.lives.map((bytes) => uuidIn(message, "lives", bytes)),
  };
}

function uuidOf(message: Registration, field: "incarnation" | "directoryId" | "clusterId"): Uuid {
  return uuidIn(message, field, message[field]);
}

function uuidIn(message: Registration, field: string, bytes: Uint8Array): Uuid {
  if (bytes.length !== 16) throw new MillraceError("INVALID_REGISTRATION", { broker: message.brokerId, field, bytes: bytes.length });
  return uuidFromBytes(bytes);
}
