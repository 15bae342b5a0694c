import { array, bool, brokerId, errorCode, int16, int32, int8, string, throttleTimeMs, topicId } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Creates topics. From version 4 on -1 stands for the broker's default (KIP-464); 7 answers with topic ids. */
export const CreateTopicsRequest = request("CreateTopics", { key: 19, versions: "2-7", flexible: "5+" }).fields({
  topics: array({
    name: string(),
    /** -1: the default, or as many as `assignments` has. */
    numPartitions: int32(),
    /** -1: the default, or as `assignments` says. */
    replicationFactor: int16(),
    /** Which brokers hold which partition, the preferred leader first; empty: the cluster decides. */
    assignments: array({
      partitionIndex: int32(),
      brokerIds: array(brokerId()),
    }),
    configs: array({
      name: string(),
      value: string({ nullable: "0+" }),
    }),
  }),
  timeoutMs: int32({ absent: 60_000 }),
  /** Everything is checked, nothing created. */
  validateOnly: bool({ absent: false }),
});

export const CreateTopicsResponse = response("CreateTopics", { key: 19, versions: "2-7", flexible: "5+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  topics: array({
    name: string(),
    topicId: topicId({ versions: "7+", ignorable: true }),
    errorCode: errorCode(),
    errorMessage: string({ nullable: "0+" }),
    /** Why `configs` is null: TOPIC_AUTHORIZATION_FAILED where the client may not see them. */
    topicConfigErrorCode: errorCode({ versions: "5+", tag: 0, ignorable: true }),
    numPartitions: int32({ versions: "5+", absent: -1, ignorable: true }),
    replicationFactor: int16({ versions: "5+", absent: -1, ignorable: true }),
    configs: array({
      name: string(),
      value: string({ nullable: "5+" }),
      readOnly: bool(),
      /** As in DescribeConfigs. */
      configSource: int8({ absent: -1 }),
      isSensitive: bool(),
    }).with({ versions: "5+", nullable: "5+", ignorable: true }),
  }),
});
