import { decodeStrictly } from "@millrace/contracts";
import { MetadataRecord as Message } from "@millrace/contracts/metadata";
import { assert, MillraceError } from "@millrace/vocabulary";
import {
  readBrokerChange,
  readRegisterBroker,
  readRemoveBroker,
  writeBrokerChange,
  writeRegisterBroker,
  writeRemoveBroker,
} from "./brokers.ts";
import { readConfig, readFeatureLevel, readProducerIds, writeConfig, writeFeatureLevel, writeProducerIds } from "./cluster.ts";
import { fieldsBeyond, metadataLevelMax, recordLevels } from "./levels.ts";
import type { MetadataRecord } from "./record.ts";
import {
  readPartition,
  readPartitionChange,
  readRemoveTopic,
  readTopic,
  writePartition,
  writePartitionChange,
  writeRemoveTopic,
  writeTopic,
} from "./topics.ts";

/**
 * The bytes of a record, for the log or for a snapshot.
 *
 * @param level the finalised metadata level: a record or a field beyond it is a bug of whoever decided it
 */
export function encodeRecord(record: MetadataRecord, level: number): Buffer {
  const message = messageOf(record);
  // At the newest level there is nothing to hold back.
  if (level < metadataLevelMax) {
    const beyond = fieldsBeyond(level, message, recordLevels);
    assert(beyond.length === 0, "a writer keeps to the finalised metadata level", { level, beyond });
  }
  return Message.encode(message).finish();
}

function messageOf(record: MetadataRecord): Parameters<typeof Message.encode>[0] {
  switch (record.type) {
    case "RegisterBroker":
      return { registerBroker: writeRegisterBroker(record) };
    case "BrokerChange":
      return { brokerChange: writeBrokerChange(record) };
    case "RemoveBroker":
      return { removeBroker: writeRemoveBroker(record) };
    case "Topic":
      return { topic: writeTopic(record) };
    case "Partition":
      return { partition: writePartition(record) };
    case "PartitionChange":
      return { partitionChange: writePartitionChange(record) };
    case "RemoveTopic":
      return { removeTopic: writeRemoveTopic(record) };
    case "Config":
      return { config: writeConfig(record) };
    case "ProducerIds":
      return { producerIds: writeProducerIds(record) };
    case "FeatureLevel":
      return { featureLevel: writeFeatureLevel(record) };
  }
}

/**
 * Reads a record of the log or of a snapshot. Throws LEVEL_UNKNOWN where it is of a type, or holds a field, that this
 * version does not know; DATA_DAMAGED where it is no record at all. Either stops the node.
 */
export function decodeRecord(bytes: Buffer): MetadataRecord {
  const message = decodeStrictly(Message, bytes);
  switch (message.record) {
    case "registerBroker":
      return readRegisterBroker(message.registerBroker!);
    case "brokerChange":
      return readBrokerChange(message.brokerChange!);
    case "removeBroker":
      return readRemoveBroker(message.removeBroker!);
    case "topic":
      return readTopic(message.topic!);
    case "partition":
      return readPartition(message.partition!);
    case "partitionChange":
      return readPartitionChange(message.partitionChange!);
    case "removeTopic":
      return readRemoveTopic(message.removeTopic!);
    case "config":
      return readConfig(message.config!);
    case "producerIds":
      return readProducerIds(message.producerIds!);
    case "featureLevel":
      return readFeatureLevel(message.featureLevel!);
    case undefined:
      throw new MillraceError("DATA_DAMAGED", { message: "MetadataRecord", reason: "a record of no type" });
  }
}
