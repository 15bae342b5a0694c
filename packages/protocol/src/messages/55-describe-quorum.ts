import { array, brokerId, errorCode, int32, int64, leaderEpoch, offset, string, uint16, uuid } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks who agrees on the cluster's metadata, and how far each is (KIP-595, KIP-853). The one partition is `__cluster_metadata-0`. */
export const DescribeQuorumRequest = request("DescribeQuorum", { key: 55, versions: "0-2", flexible: "0+" }).fields({
  topics: array({
    topicName: string(),
    partitions: array({
      partitionIndex: int32(),
    }),
  }),
});

/** A replica of the metadata, as the leader knows it. */
const replicas = () =>
  array({
    replicaId: brokerId(),
    replicaDirectoryId: uuid({ versions: "2+" }),
    /** -1: not known. */
    logEndOffset: offset(),
    /** Milliseconds since 1970, by the leader's clock; -1: not known. */
    lastFetchTimestamp: int64({ versions: "1+", absent: -1, ignorable: true }),
    lastCaughtUpTimestamp: int64({ versions: "1+", absent: -1, ignorable: true }),
  });

export const DescribeQuorumResponse = response("DescribeQuorum", { key: 55, versions: "0-2", flexible: "0+" }).fields({
  errorCode: errorCode(),
  errorMessage: string({ versions: "2+", nullable: "2+", ignorable: true }),
  topics: array({
    topicName: string(),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
      errorMessage: string({ versions: "2+", nullable: "2+", ignorable: true }),
      /** -1: none. */
      leaderId: brokerId(),
      leaderEpoch: leaderEpoch(),
      highWatermark: offset(),
      currentVoters: replicas(),
      observers: replicas(),
    }),
  }),
  nodes: array({
    nodeId: brokerId(),
    listeners: array({
      name: string(),
      host: string(),
      port: uint16(),
    }),
  }).with({ versions: "2+" }),
});
