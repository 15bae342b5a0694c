import {
  array,
  brokerId,
  errorCode,
  int16,
  int32,
  int64,
  leaderEpoch,
  offset,
  records,
  string,
  struct,
  throttleTimeMs,
  topicId,
} from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/**
 * Appends record batches. Versions 3 to 6 are alike; 7 allows zstd; 11 may be answered by TRANSACTION_ABORTABLE; 12 adds the
 * partitions to the transaction by itself (KIP-890); 13 names topics by id.
 */
export const ProduceRequest = request("Produce", { key: 0, versions: "3-13", flexible: "9+" }).fields({
  /** Null: not in a transaction. */
  transactionalId: string({ nullable: "0+", absent: null }),
  /** 0: no answer at all; 1: once the leader has it; -1: once every in-sync replica has it. */
  acks: int16(),
  /** How long acks -1 may wait for the replicas. */
  timeoutMs: int32(),
  topicData: array({
    name: string({ versions: "0-12", ignorable: true }),
    topicId: topicId({ versions: "13+", ignorable: true }),
    partitionData: array({
      index: int32(),
      /** Exactly one batch, as far as the broker accepts it. */
      records: records({ nullable: "0+" }),
    }),
  }),
});

/** One answer for each partition asked for, in any order. */
export const ProduceResponse = response("Produce", { key: 0, versions: "3-13", flexible: "9+" }).fields({
  responses: array({
    name: string({ versions: "0-12", ignorable: true }),
    topicId: topicId({ versions: "13+", ignorable: true }),
    partitionResponses: array({
      index: int32(),
      errorCode: errorCode(),
      /** Of the batch's first record. -1: nothing was appended. */
      baseOffset: offset(),
      /** The broker's stamp where the topic has LogAppendTime, else -1. */
      logAppendTimeMs: int64({ absent: -1 }),
      logStartOffset: offset({ versions: "5+", absent: -1, ignorable: true }),
      /** Why the batch was refused, by record (KIP-467). */
      recordErrors: array({
        batchIndex: int32(),
        batchIndexErrorMessage: string({ nullable: "0+", absent: null }),
      }).with({ versions: "8+", absent: [], ignorable: true }),
      errorMessage: string({ versions: "8+", nullable: "8+", absent: null, ignorable: true }),
      /** Who leads instead, beside NOT_LEADER_OR_FOLLOWER and FENCED_LEADER_EPOCH (KIP-951). */
      currentLeader: struct({
        leaderId: brokerId({ absent: -1 }),
        leaderEpoch: leaderEpoch({ absent: -1 }),
      }).with({ versions: "10+", tag: 0 }),
    }),
  }),
  throttleTimeMs: throttleTimeMs(),
  /** Addresses of the brokers that `currentLeader` names. */
  nodeEndpoints: array({
    nodeId: brokerId(),
    host: string(),
    port: int32(),
    rack: string({ nullable: "0+", absent: null }),
  }).with({ versions: "10+", tag: 0 }),
});
