import { MillraceError } from "@millrace/vocabulary";
import {
  array,
  authorizedOperations,
  bool,
  brokerId,
  errorCode,
  int32,
  leaderEpoch,
  string,
  throttleTimeMs,
  topicId,
} from "../declaration/fields.ts";
import { type InputOf, oneShape, request, response } from "../declaration/message.ts";

const WireMetadataRequest = request("Metadata", { key: 3, versions: "0-13", flexible: "9+" }).fields({
  topics: array({
    topicId: topicId({ versions: "10+", ignorable: true }),
    name: string({ nullable: "10+" }),
  }).with({ nullable: "1+" }),
  allowAutoTopicCreation: bool({ versions: "4+", absent: true }),
  includeClusterAuthorizedOperations: bool({ versions: "8-10", absent: false }),
  includeTopicAuthorizedOperations: bool({ versions: "8+", absent: false }),
});

/**
 * Asks for brokers, topics and leaders. `topics` is null for all topics, in version 0 too, where the empty array travels
 * for it. By id (`name` null) from version 12 on; 10 and 11 have the field, but no broker ever answered it.
 */
export const MetadataRequest = oneShape(WireMetadataRequest, {
  fromWire: (wire, version) => (version === 0 && wire.topics?.length === 0 ? { ...wire, topics: null } : wire),
  toWire: (value: InputOf<typeof WireMetadataRequest>, version) =>
    version === 0 ? { ...value, topics: topicsOfVersion0(value.topics) } : value,
});

type Topics = InputOf<typeof WireMetadataRequest>["topics"];

function topicsOfVersion0(topics: Topics): Topics {
  if (topics === null) return [];
  if (topics.length > 0) return topics;
  throw new MillraceError("UNSUPPORTED_VERSION", { message: "Metadata", version: 0, topics: "none" });
}

/** The cluster as the client may see it, with addresses of the listener that it uses. */
export const MetadataResponse = response("Metadata", { key: 3, versions: "0-13", flexible: "9+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "3+" }),
  brokers: array({
    nodeId: brokerId(),
    host: string(),
    port: int32(),
    rack: string({ versions: "1+", nullable: "1+", absent: null, ignorable: true }),
  }),
  clusterId: string({ versions: "2+", nullable: "2+", absent: null, ignorable: true }),
  /** Who takes admin requests: any broker here, since each forwards them. */
  controllerId: brokerId({ versions: "1+", absent: -1, ignorable: true }),
  topics: array({
    errorCode: errorCode(),
    /** Null: a topic asked for by an id that nobody knows. */
    name: string({ nullable: "12+" }),
    /** Zeros: a topic asked for by a name that nobody knows. */
    topicId: topicId({ versions: "10+", ignorable: true }),
    isInternal: bool({ versions: "1+", absent: false, ignorable: true }),
    partitions: array({
      errorCode: errorCode(),
      partitionIndex: int32(),
      /** -1: none. */
      leaderId: brokerId(),
      leaderEpoch: leaderEpoch({ versions: "7+", absent: -1, ignorable: true }),
      replicaNodes: array(brokerId()),
      isrNodes: array(brokerId()),
      offlineReplicas: array(brokerId(), { versions: "5+", absent: [], ignorable: true }),
    }),
    topicAuthorizedOperations: authorizedOperations({ versions: "8+" }),
  }),
  clusterAuthorizedOperations: authorizedOperations({ versions: "8-10" }),
  errorCode: errorCode({ versions: "13+", absent: 0, ignorable: true }),
});
