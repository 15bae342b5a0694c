/** Ids, units, the error catalogue and the configuration schema: the words every other package uses. */

export { assert, AssertionBroken } from "./assert.ts";
export type { Branded } from "./branded.ts";
export { catalogue, codeOfWire, wireOf } from "./errors/catalogue.ts";
export type { ErrorCode, ErrorEntry } from "./errors/catalogue.ts";
export { codeOf, MillraceError } from "./errors/millrace-error.ts";
export type { Facts } from "./errors/millrace-error.ts";
export {
  BrokerEpoch,
  BrokerId,
  isUuid,
  LeaderEpoch,
  noBroker,
  noProducerId,
  Offset,
  PartitionEpoch,
  ProducerId,
  TopicId,
  unknownLeaderEpoch,
  uuidFromBytes,
  uuidToBytes,
  zeroUuid,
} from "./ids.ts";
export type { TopicPartition, Uuid } from "./ids.ts";
export { nearest } from "./nearest.ts";
export { isInternalTopic, offsetsTopic, topicCollisionKey, topicNameFault, transactionsTopic } from "./topic-name.ts";
export { dayMs, GiB, hourMs, int16Max, int32Max, int64Max, KiB, MiB, minuteMs, secondMs } from "./units.ts";

export { brokerKeys, isBrokerKey } from "./configuration/broker-keys.ts";
export type { BrokerKey, BrokerValue } from "./configuration/broker-keys.ts";
export { Configuration } from "./configuration/configuration.ts";
export type { ConfigSource, Overrides, Sourced } from "./configuration/configuration.ts";
export { readEnvironment } from "./configuration/environment.ts";
export { parseAddresses, printAddress } from "./configuration/addresses.ts";
export type { Addresses } from "./configuration/addresses.ts";
export { parseEndpoint, parseEndpoints } from "./configuration/listeners.ts";
export type { Endpoint } from "./configuration/listeners.ts";
export { brokerSettingFault, parseBrokerSettings, topicSettingFault } from "./configuration/parse.ts";
export type { Written } from "./configuration/parse.ts";
export { readProperties } from "./configuration/properties.ts";
export { isTopicKey, topicKeys } from "./configuration/topic-keys.ts";
export type { Synonym, TopicConfigKey, TopicKey, TopicSettings, TopicValue } from "./configuration/topic-keys.ts";
export type { ConfigKey, ConfigKind, ConfigType } from "./configuration/types.ts";
