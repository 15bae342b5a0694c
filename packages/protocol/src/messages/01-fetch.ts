import {
  array,
  brokerId,
  errorCode,
  int32,
  int64,
  int8,
  leaderEpoch,
  offset,
  producerId,
  records,
  string,
  struct,
  throttleTimeMs,
  topicId,
  uuid,
} from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/**
 * Reads record batches, waiting for them if there are none. Version 7 brings sessions (KIP-227), 9 leader epochs (KIP-320), 10
 * allows zstd, 12 tells diverging epochs, 13 names topics by id, 15 moves the replica into a tag, 16 answers with the addresses of
 * leaders (KIP-951); 17 and 18 only serve replicas.
 */
export const FetchRequest = request("Fetch", { key: 1, versions: "4-18", flexible: "12+" }).fields({
  clusterId: string({ versions: "12+", nullable: "12+", tag: 0, absent: null, ignorable: true }),
  /** -1: a consumer. From version 15 on `replicaState` says it. */
  replicaId: brokerId({ versions: "0-14", absent: -1 }),
  replicaState: struct({
    replicaId: brokerId({ absent: -1 }),
    replicaEpoch: int64({ absent: -1 }),
  }).with({ versions: "15+", tag: 1 }),
  /** How long the broker may wait until `minBytes` are there. */
  maxWaitMs: int32(),
  minBytes: int32(),
  /** Of the whole answer; soft, as `partitionMaxBytes` is (KIP-74). */
  maxBytes: int32({ absent: 0x7fff_ffff }),
  /** 0: read uncommitted; 1: read committed. */
  isolationLevel: int8({ absent: 0 }),
  /** 0: none, or a new one. */
  sessionId: int32({ versions: "7+", absent: 0, ignorable: true }),
  /** -1: no session, or the end of it; 0: a full fetch that begins one. */
  sessionEpoch: int32({ versions: "7+", absent: -1, ignorable: true }),
  /** In a session: only the partitions that are new to it or have changed. */
  topics: array({
    topic: string({ versions: "0-12", ignorable: true }),
    topicId: topicId({ versions: "13+", ignorable: true }),
    partitions: array({
      partition: int32(),
      /** What the client believes; another than the broker's is refused. -1: not checked. */
      currentLeaderEpoch: leaderEpoch({ versions: "9+", absent: -1, ignorable: true }),
      fetchOffset: offset(),
      /** Epoch of the last record that the client has. -1: not checked. */
      lastFetchedEpoch: leaderEpoch({ versions: "12+", absent: -1 }),
      /** The follower's log start; -1 from consumers. */
      logStartOffset: offset({ versions: "5+", absent: -1, ignorable: true }),
      partitionMaxBytes: int32(),
      /** The follower's log directory. */
      replicaDirectoryId: uuid({ versions: "17+", tag: 0, ignorable: true }),
      /** What the follower knows; the greatest integer: not known. */
      highWatermark: offset({ versions: "18+", tag: 1, absent: 2 ** 63, ignorable: true }),
    }),
  }),
  /** Partitions that leave the session. */
  forgottenTopicsData: array({
    topic: string({ versions: "0-12", ignorable: true }),
    topicId: topicId({ versions: "13+", ignorable: true }),
    partitions: array(int32()),
  }).with({ versions: "7+", absent: [] }),
  /** Where the client stands, for the choice of a replica near it (KIP-392). */
  rackId: string({ versions: "11+", absent: "", ignorable: true }),
});

/** Every partition asked for; in a session only those with news. */
export const FetchResponse = response("Fetch", { key: 1, versions: "4-18", flexible: "12+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode({ versions: "7+", absent: 0, ignorable: true }),
  /** 0: no session was made. */
  sessionId: int32({ versions: "7+", absent: 0 }),
  responses: array({
    topic: string({ versions: "0-12", ignorable: true }),
    topicId: topicId({ versions: "13+", ignorable: true }),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
      highWatermark: offset(),
      /** Readers of committed records see what lies below it. -1: not told. */
      lastStableOffset: offset({ absent: -1 }),
      logStartOffset: offset({ versions: "5+", absent: -1, ignorable: true }),
      /** The greatest epoch up to `lastFetchedEpoch`, and its end: the client must cut back to it. */
      divergingEpoch: struct({
        epoch: leaderEpoch({ absent: -1 }),
        endOffset: offset({ absent: -1 }),
      }).with({ versions: "12+", tag: 0 }),
      currentLeader: struct({
        leaderId: brokerId({ absent: -1 }),
        leaderEpoch: leaderEpoch({ absent: -1 }),
      }).with({ versions: "12+", tag: 1 }),
      /** Where a replica of the metadata log should begin instead. */
      snapshotId: struct({
        endOffset: offset({ absent: -1 }),
        epoch: leaderEpoch({ absent: -1 }),
      }).with({ versions: "12+", tag: 2 }),
      /** Transactions whose records the reader must leave out. Null: records are read uncommitted. */
      abortedTransactions: array({
        producerId: producerId(),
        firstOffset: offset(),
      }).with({ nullable: "4+" }),
      /** A replica near the client. -1: go on here. */
      preferredReadReplica: brokerId({ versions: "11+", absent: -1 }),
      /** Whole batches; the last may be cut off. */
      records: records({ nullable: "0+" }),
    }),
  }),
  nodeEndpoints: array({
    nodeId: brokerId(),
    host: string(),
    port: int32(),
    rack: string({ nullable: "0+", absent: null }),
  }).with({ versions: "16+", tag: 0 }),
});
