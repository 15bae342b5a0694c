import { array, bool, brokerId, errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Moves partitions to other brokers, or gives that up (KIP-455). */
export const AlterPartitionReassignmentsRequest = request("AlterPartitionReassignments", {
  key: 45,
  versions: "0-1",
  flexible: "0+",
}).fields({
  timeoutMs: int32({ absent: 60_000 }),
  /** Whether a partition may get another number of replicas (KIP-860). */
  allowReplicationFactorChange: bool({ versions: "1+", absent: true }),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      /** The preferred leader first; null: what is under way is given up. */
      replicas: array(brokerId(), { nullable: "0+", absent: null }),
    }),
  }),
});

export const AlterPartitionReassignmentsResponse = response("AlterPartitionReassignments", {
  key: 45,
  versions: "0-1",
  flexible: "0+",
}).fields({
  throttleTimeMs: throttleTimeMs(),
  allowReplicationFactorChange: bool({ versions: "1+", absent: true, ignorable: true }),
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+" }),
  responses: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
      errorMessage: string({ nullable: "0+" }),
    }),
  }),
});
