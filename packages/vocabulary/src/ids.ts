import type { Branded } from "./branded.ts";

/**
 * Position of a record in its partition. A safe integer: 2^53 records are 28 years at ten million a second. The wire
 * carries 64 bits, so what came from a client may lie outside any log; whoever uses it compares it with the log's bounds.
 */
export type Offset = Branded<number, "Offset">;
export const Offset = (value: number): Offset => value as Offset;

/** Counts the leaders of a partition: rises by one with each change of leader, never goes back. -1: unknown. */
export type LeaderEpoch = Branded<number, "LeaderEpoch">;
export const LeaderEpoch = (value: number): LeaderEpoch => value as LeaderEpoch;
export const unknownLeaderEpoch: LeaderEpoch = LeaderEpoch(-1);

/** Counts the changes of a partition's state (leader, ISR, replicas). A state with a lower one is old and is dropped. */
export type PartitionEpoch = Branded<number, "PartitionEpoch">;
export const PartitionEpoch = (value: number): PartitionEpoch => value as PartitionEpoch;

/** `node.id`: one broker or controller of the cluster. */
export type BrokerId = Branded<number, "BrokerId">;
export const BrokerId = (value: number): BrokerId => value as BrokerId;
export const noBroker: BrokerId = BrokerId(-1);

/** Counts the registrations of brokers: the metadata offset of the record that registered this incarnation. */
export type BrokerEpoch = Branded<number, "BrokerEpoch">;
export const BrokerEpoch = (value: number): BrokerEpoch => value as BrokerEpoch;

/** An idempotent producer, numbered by the controller in blocks. -1: the producer is not idempotent. */
export type ProducerId = Branded<number, "ProducerId">;
export const ProducerId = (value: number): ProducerId => value as ProducerId;
export const noProducerId: ProducerId = ProducerId(-1);

/** 128 bits as Kafka prints them: 22 characters of URL-safe base64 without padding. */
export type Uuid = Branded<string, "Uuid">;

/** Names one life of a topic: a topic deleted and created again under its old name has another. */
export type TopicId = Branded<Uuid, "TopicId">;
export const TopicId = (value: string): TopicId => value as TopicId;

/** 16 zero bytes: Kafka's word for «no id». */
export const zeroUuid: TopicId = TopicId("AAAAAAAAAAAAAAAAAAAAAA");

/** Whether `text` is a UUID in Kafka's form: 22 characters of URL-safe base64 whose last holds only two bits. */
export function isUuid(text: string): text is Uuid {
  return /^[A-Za-z0-9_-]{21}[AQgw]$/.test(text);
}

/** Writes 16 bytes in Kafka's form. `bytes` must hold exactly 16. */
export function uuidFromBytes(bytes: Uint8Array): Uuid {
  return Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString("base64url") as Uuid;
}

/** The 16 bytes of a UUID in Kafka's form. */
export function uuidToBytes(uuid: string): Buffer {
  return Buffer.from(uuid, "base64url");
}

/** One partition of one life of a topic. */
export interface TopicPartition {
  readonly topicId: TopicId;
  readonly partition: number;
}
