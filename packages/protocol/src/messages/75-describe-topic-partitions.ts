import {
  array,
  authorizedOperations,
  bool,
  brokerId,
  errorCode,
  int32,
  leaderEpoch,
  string,
  struct,
  throttleTimeMs,
  topicId,
} from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks for the partitions of topics page by page (KIP-966). */
export const DescribeTopicPartitionsRequest = request("DescribeTopicPartitions", { key: 75, versions: "0", flexible: "0+" }).fields({
  /** Empty: all topics. */
  topics: array({
    name: string(),
  }),
  responsePartitionLimit: int32({ absent: 2000 }),
  /** Where the page begins; null: at the first topic. */
  cursor: struct({
    topicName: string(),
    partitionIndex: int32(),
  }).with({ nullable: "0+", absent: null }),
});

export const DescribeTopicPartitionsResponse = response("DescribeTopicPartitions", { key: 75, versions: "0", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  /** In the order of their names. */
  topics: array({
    errorCode: errorCode(),
    name: string({ nullable: "0+" }),
    topicId: topicId(),
    isInternal: bool({ absent: false }),
    partitions: array({
      errorCode: errorCode(),
      partitionIndex: int32(),
      /** -1: none. */
      leaderId: brokerId(),
      leaderEpoch: leaderEpoch({ absent: -1 }),
      replicaNodes: array(brokerId()),
      isrNodes: array(brokerId()),
      eligibleLeaderReplicas: array(brokerId(), { nullable: "0+", absent: null }),
      lastKnownElr: array(brokerId(), { nullable: "0+", absent: null }),
      offlineReplicas: array(brokerId()),
    }),
    topicAuthorizedOperations: authorizedOperations(),
  }),
  /** Where the next page begins; null: there is none. */
  nextCursor: struct({
    topicName: string(),
    partitionIndex: int32(),
  }).with({ nullable: "0+", absent: null }),
});
