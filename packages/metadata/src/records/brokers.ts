import type {
  BrokerChange as ChangeMessage,
  BrokerState as StateMessage,
  RegisterBroker as RegisterMessage,
  RemoveBroker as RemoveMessage,
} from "@millrace/contracts/metadata";
import { BrokerEpoch, BrokerId, uuidToBytes } from "@millrace/vocabulary";
import { readUuid } from "./uuid.ts";
import type { BrokerChange, BrokerState, RegisterBroker, RemoveBroker } from "./record.ts";

export function writeRegisterBroker(record: RegisterBroker) {
  const { brokerId, incarnation, directoryId, host, rack, listeners, features, state } = record;
  return {
    brokerId,
    incarnation: uuidToBytes(incarnation),
    directoryId: uuidToBytes(directoryId),
    host,
    rack,
    listeners,
    state,
    features: [...features].map(([name, { min, max }]) => ({ name, levelMin: min, levelMax: max })),
  };
}

export function readRegisterBroker(message: RegisterMessage): RegisterBroker {
  const { brokerId, incarnation, directoryId, host, rack, listeners, features, state } = message;
  return {
    type: "RegisterBroker",
    brokerId: BrokerId(brokerId),
    incarnation: readUuid(incarnation),
    directoryId: readUuid(directoryId),
    host,
    rack: rack ?? undefined,
    listeners: listeners.map(({ name, host: address, port }) => ({ name, host: address, port })),
    features: new Map(features.map(({ name, levelMin, levelMax }) => [name, { min: levelMin, max: levelMax }])),
    state: state === null ? undefined : readState(state),
  };
}

/** Field by field: what a message leaves out is no property of its own. */
function readState({ epoch, isFenced, isInControlledShutdown }: StateMessage): BrokerState {
  return { epoch: BrokerEpoch(epoch), isFenced, isInControlledShutdown };
}

export function writeBrokerChange({ brokerId, epoch, isFenced, isInControlledShutdown }: BrokerChange) {
  return { brokerId, epoch, isFenced, isInControlledShutdown };
}

export function readBrokerChange({ brokerId, epoch, isFenced, isInControlledShutdown }: ChangeMessage): BrokerChange {
  return {
    type: "BrokerChange",
    brokerId: BrokerId(brokerId),
    epoch: BrokerEpoch(epoch),
    isFenced: isFenced ?? undefined,
    isInControlledShutdown: isInControlledShutdown ?? undefined,
  };
}

export function writeRemoveBroker({ brokerId, epoch }: RemoveBroker) {
  return { brokerId, epoch };
}

export function readRemoveBroker({ brokerId, epoch }: RemoveMessage): RemoveBroker {
  return { type: "RemoveBroker", brokerId: BrokerId(brokerId), epoch: BrokerEpoch(epoch) };
}
