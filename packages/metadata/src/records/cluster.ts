import type {
  Config as ConfigMessage,
  FeatureLevel as FeatureLevelMessage,
  ProducerIds as ProducerIdsMessage,
} from "@millrace/contracts/metadata";
import { BrokerEpoch, BrokerId, MillraceError, ProducerId, uuidToBytes } from "@millrace/vocabulary";
import type { ConfigRecord, ConfigResource, FeatureLevelRecord, ProducerIdsRecord } from "./record.ts";
import { readTopicId } from "./topics.ts";

export function writeConfig({ resource, key, value }: ConfigRecord) {
  return { ...writeResource(resource), key, value };
}

export function readConfig(message: ConfigMessage): ConfigRecord {
  return { type: "Config", resource: readResource(message), key: message.key, value: message.value ?? undefined };
}

function writeResource(resource: ConfigResource) {
  switch (resource.type) {
    case "topic":
      return { topicId: uuidToBytes(resource.id) };
    case "broker":
      return { brokerId: resource.id };
    case "cluster":
      return { cluster: true };
  }
}

function readResource(message: ConfigMessage): ConfigResource {
  switch (message.resource) {
    case "topicId":
      return { type: "topic", id: readTopicId(message.topicId!) };
    case "brokerId":
      return { type: "broker", id: BrokerId(message.brokerId!) };
    case "cluster":
      return { type: "cluster" };
    case undefined:
      throw new MillraceError("DATA_DAMAGED", { message: "Config", reason: "a setting of nothing" });
  }
}

export function writeProducerIds({ next, givenTo }: ProducerIdsRecord) {
  return { next, brokerId: givenTo?.brokerId, brokerEpoch: givenTo?.epoch };
}

export function readProducerIds({ next, brokerId, brokerEpoch }: ProducerIdsMessage): ProducerIdsRecord {
  const givenTo = brokerId === null ? undefined : { brokerId: BrokerId(brokerId), epoch: BrokerEpoch(brokerEpoch ?? 0) };
  return { type: "ProducerIds", next: ProducerId(next), givenTo };
}

export function writeFeatureLevel({ name, level }: FeatureLevelRecord) {
  return { name, level };
}

export function readFeatureLevel({ name, level }: FeatureLevelMessage): FeatureLevelRecord {
  return { type: "FeatureLevel", name, level };
}
