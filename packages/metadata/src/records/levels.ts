/**
 * The metadata level says which records and fields the log may hold. The cluster finalises one level, as the feature
 * `millrace.version`; every writer keeps to it, and a node that knows only lower ones refuses to go on.
 */
export const metadataLevelFeature = "millrace.version";

/** The levels that this version can read and write. */
export const metadataLevelMin = 1;
export const metadataLevelMax = 1;

/** The level that introduced a field; for a field that holds a message also the levels of that message's fields. */
export type FieldLevel = number | { readonly since: number; readonly of: MessageLevels };

/** By field, spelled as in the decoded message. */
export interface MessageLevels {
  readonly [field: string]: FieldLevel;
}

const brokerList = { ids: 1 };

const registerBroker = {
  brokerId: 1,
  incarnation: 1,
  directoryId: 1,
  host: 1,
  rack: 1,
  listeners: { since: 1, of: { name: 1, host: 1, port: 1 } },
  features: { since: 1, of: { name: 1, levelMin: 1, levelMax: 1 } },
  state: { since: 1, of: { epoch: 1, isFenced: 1, isInControlledShutdown: 1 } },
};

const partition = {
  topicId: 1,
  index: 1,
  replicas: 1,
  isr: 1,
  leader: 1,
  leaderEpoch: 1,
  partitionEpoch: 1,
  addingReplicas: 1,
  removingReplicas: 1,
  eligibleLeaders: 1,
  lastKnownLeader: 1,
};

const partitionChange = {
  topicId: 1,
  index: 1,
  partitionEpoch: 1,
  leader: 1,
  leaderEpoch: 1,
  isr: { since: 1, of: brokerList },
  replicas: { since: 1, of: brokerList },
  addingReplicas: { since: 1, of: brokerList },
  removingReplicas: { since: 1, of: brokerList },
  eligibleLeaders: { since: 1, of: brokerList },
  lastKnownLeader: 1,
};

/** The level of every record type, which is a field of MetadataRecord, and of every field. A test holds it against the .proto. */
export const recordLevels: MessageLevels = {
  registerBroker: { since: 1, of: registerBroker },
  brokerChange: { since: 1, of: { brokerId: 1, epoch: 1, isFenced: 1, isInControlledShutdown: 1 } },
  removeBroker: { since: 1, of: { brokerId: 1, epoch: 1 } },
  topic: { since: 1, of: { topicId: 1, name: 1 } },
  partition: { since: 1, of: partition },
  partitionChange: { since: 1, of: partitionChange },
  removeTopic: { since: 1, of: { topicId: 1 } },
  config: { since: 1, of: { topicId: 1, brokerId: 1, cluster: 1, key: 1, value: 1 } },
  producerIds: { since: 1, of: { next: 1, brokerId: 1, brokerEpoch: 1 } },
  featureLevel: { since: 1, of: { name: 1, level: 1 } },
};

/**
 * The fields of a message that a level does not have yet, as paths: `registerBroker.rack`.
 *
 * @param message as it is about to be encoded: a field that is undefined or null is not there
 */
export function fieldsBeyond(level: number, message: object, levels: MessageLevels, path = ""): string[] {
  const beyond: string[] = [];
  for (const [name, value] of Object.entries(message)) {
    if (value === undefined || value === null) continue;
    const field = levels[name];
    if (field === undefined || sinceOf(field) > level) beyond.push(path + name);
    else if (typeof field === "object")
      for (const element of Array.isArray(value) ? value : [value])
        beyond.push(...fieldsBeyond(level, element, field.of, `${path}${name}.`));
  }
  return beyond;
}

function sinceOf(field: FieldLevel): number {
  return typeof field === "number" ? field : field.since;
}
