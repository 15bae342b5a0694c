import type { MessageType, StreamMethod, UnaryMethod } from "../message.ts";
import type { Failure } from "./failure.js";

export interface ProduceRequest {
  acks: number;
  /** May ask for more than the topic says, never for less: the stronger one holds. */
  durability: number;
  /** How long each entry may wait for its replicas, then REQUEST_TIMED_OUT. 0: as long as request.timeout.ms says. */
  timeoutMs: number;
  entries: ProduceEntry[];
}
export const ProduceRequest: MessageType<ProduceRequest>;

export interface ProduceEntry {
  /** Chosen by the client; the result bears it. */
  entry: number;
  topic: string;
  /** 16 bytes, or none. */
  topicId: Buffer;
  partition: number;
  /** One record batch in Kafka's format, version 2, with base offset 0. */
  batch: Buffer;
}
export const ProduceEntry: MessageType<ProduceEntry>;

export interface ProduceResponse {
  results: ProduceResult[];
}
export const ProduceResponse: MessageType<ProduceResponse>;

export interface ProduceResult {
  entry: number;
  failure: Failure | null;
  /** Of the batch's first record. */
  baseOffset: number;
  /** The broker's stamp, where message.timestamp.type is LogAppendTime. */
  logAppendTimeMs: number | null;
  logStart: number;
  /** With NOT_LEADER_OR_FOLLOWER and the like: the leader, where this broker knows it. */
  leader: Leader | null;
}
export const ProduceResult: MessageType<ProduceResult>;

/** A partition's leader. */
export interface Leader {
  broker: number;
  leaderEpoch: number;
  host: string;
  port: number;
}
export const Leader: MessageType<Leader>;

/** Takes effect in this order: what is left, what is begun, what is granted. */
export interface ConsumeRequest {
  /** Numbers of subscriptions that end; unknown ones are passed over. */
  unsubscribe: number[];
  subscribe: Subscribe[];
  credit: Credit[];
}
export const ConsumeRequest: MessageType<ConsumeRequest>;

/**
 * Begins to read a partition. Where the stream reads that partition already, the former subscription ends: this is how a
 * consumer seeks.
 */
export interface Subscribe {
  /** Chosen by the client, rising along the stream. Answers bear it, so that those to a former one can be told apart. */
  subscription: number;
  topic: string;
  /** 16 bytes, or none. */
  topicId: Buffer;
  partition: number;
  /** The first offset to read. */
  from: number;
  isolation: number;
  /**
   * The leader epoch that the client knows: FENCED_LEADER_EPOCH where a newer one rules, UNKNOWN_LEADER_EPOCH where
   * this broker has not heard of it.
   */
  leaderEpoch: number | null;
  /** Bytes of batches that may be sent before more is granted. */
  creditBytes: number;
}
export const Subscribe: MessageType<Subscribe>;

/**
 * Lets the broker send more. The bytes of `batches` are taken from the credit as they are sent. A batch that is larger than
 * what is left waits; but where all that was ever sent has been granted again it is sent, and the credit falls below zero, or its
 * reader could never pass it.
 */
export interface Credit {
  subscription: number;
  bytes: number;
}
export const Credit: MessageType<Credit>;

export interface ConsumeResponse {
  partitions: PartitionBatches[];
}
export const ConsumeResponse: MessageType<ConsumeResponse>;

/**
 * What a subscription has to say. One without batches comes after a subscribe that finds nothing to read, and when the bounds
 * have moved while nothing could be sent.
 */
export interface PartitionBatches {
  subscription: number;
  /** The subscription has ended: OFFSET_OUT_OF_RANGE, NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH, UNKNOWN_TOPIC_ID, ... */
  failure: Failure | null;
  /** With NOT_LEADER_OR_FOLLOWER and the like: the leader, where this broker knows it. */
  leader: Leader | null;
  logStart: number;
  highWatermark: number;
  /** End of what ISOLATION_READ_COMMITTED reads. */
  lastStableOffset: number;
  /** Where reading goes on: the offset after the last batch, or where it stood. */
  nextOffset: number;
  /** Transactions that were aborted and touch the batches; only for ISOLATION_READ_COMMITTED. */
  aborted: AbortedTransaction[];
  /** Whole record batches, as they lie on disk. The first one may begin before `from`, and offsets may have gaps. */
  batches: Buffer;
}
export const PartitionBatches: MessageType<PartitionBatches>;

export interface AbortedTransaction {
  producerId: number;
  /** Of the transaction in this partition. */
  firstOffset: number;
}
export const AbortedTransaction: MessageType<AbortedTransaction>;

export interface DescribeTopicsRequest {
  names: string[];
  /** 16 bytes each. */
  ids: Buffer[];
  /** Every topic, whatever the lists hold. */
  all: boolean;
  /**
   * Creates what `names` holds and does not exist, where auto.create.topics.enable allows it. It is still answered
   * with UNKNOWN_TOPIC_OR_PARTITION: ask again.
   */
  createMissing: boolean;
}
export const DescribeTopicsRequest: MessageType<DescribeTopicsRequest>;

export interface DescribeTopicsResponse {
  clusterId: string;
  controller: number | null;
  /** Every broker that is not fenced, at the listener that was asked. */
  brokers: Broker[];
  topics: Topic[];
}
export const DescribeTopicsResponse: MessageType<DescribeTopicsResponse>;

export interface Broker {
  id: number;
  host: string;
  port: number;
  /** Empty: none. */
  rack: string;
}
export const Broker: MessageType<Broker>;

export interface Topic {
  failure: Failure | null;
  name: string;
  id: Buffer;
  internal: boolean;
  /** In the order of their indexes. */
  partitions: Partition[];
}
export const Topic: MessageType<Topic>;

export interface Partition {
  partition: number;
  /** Absent: none at the moment. */
  leader: number | null;
  leaderEpoch: number;
  /** The first one is the preferred leader. */
  replicas: number[];
  isr: number[];
}
export const Partition: MessageType<Partition>;

export interface ListOffsetsRequest {
  isolation: number;
  queries: OffsetQuery[];
}
export const ListOffsetsRequest: MessageType<ListOffsetsRequest>;

export interface OffsetQuery {
  topic: string;
  /** 16 bytes, or none. */
  topicId: Buffer;
  partition: number;
  leaderEpoch: number | null;
  spot: number;
  timestampMs: number;
}
export const OffsetQuery: MessageType<OffsetQuery>;

/** In the order of the queries. */
export interface ListOffsetsResponse {
  offsets: FoundOffset[];
}
export const ListOffsetsResponse: MessageType<ListOffsetsResponse>;

export interface FoundOffset {
  failure: Failure | null;
  /** Absent: no record is that young. */
  offset: number | null;
  timestampMs: number | null;
  leaderEpoch: number | null;
  /** With NOT_LEADER_OR_FOLLOWER and the like: the leader, where this broker knows it. */
  leader: Leader | null;
}
export const FoundOffset: MessageType<FoundOffset>;

export interface InitProducerRequest {
}
export const InitProducerRequest: MessageType<InitProducerRequest>;

export interface InitProducerResponse {
  producerId: number;
  producerEpoch: number;
}
export const InitProducerResponse: MessageType<InitProducerResponse>;

/** What a producer waits for. */
export const Acks: {
  /** Every in-sync replica, and at least min.insync.replicas of them. */
  readonly ALL: 0;
  /** The leader's page cache. */
  readonly LEADER: 1;
  /** Nothing: a result comes only for what failed. */
  readonly NONE: 2;
};

/** What «on a replica» means for acks=all. */
export const Durability: {
  /** What the topic says. */
  readonly TOPIC: 0;
  /** In the page cache. */
  readonly REPLICATED: 1;
  /** Synced to the disk. */
  readonly SYNCED: 2;
};

/** Which records of transactions are read. */
export const Isolation: {
  readonly READ_UNCOMMITTED: 0;
  /** Nothing at or past the first open transaction; who reads leaves out what `aborted` names. */
  readonly READ_COMMITTED: 1;
};

/** Where in a log. */
export const OffsetSpot: {
  /** The offset that the next record gets, as far as the isolation level sees. */
  readonly LATEST: 0;
  readonly EARLIEST: 1;
  /** The record with the greatest timestamp. */
  readonly MAX_TIMESTAMP: 2;
  /** The first record at or after `timestamp_ms`. */
  readonly TIMESTAMP: 3;
};

/**
 * Records in and out. Topics are named by id or, where the id is empty, by name. A call carries the header
 * millrace-client-id, which quotas and descriptions show.
 */
export const Log: {
  /**
   * Appends record batches to partitions that this broker leads. Entries for one partition are appended in the order in
   * which they were sent; results come as entries are acknowledged, in any order.
   */
  readonly produce: StreamMethod<ProduceRequest, ProduceResponse>;
  /** Reads partitions that this broker leads, as many as are subscribed to. */
  readonly consume: StreamMethod<ConsumeRequest, ConsumeResponse>;
  /** Says who leads what, and where it is reached. */
  readonly describeTopics: UnaryMethod<DescribeTopicsRequest, DescribeTopicsResponse>;
  /** Finds offsets by time, or at the ends of a log. Asked of the leader. */
  readonly listOffsets: UnaryMethod<ListOffsetsRequest, ListOffsetsResponse>;
  /** Gives an idempotent producer its identity. */
  readonly initProducer: UnaryMethod<InitProducerRequest, InitProducerResponse>;
};
