import { array, brokerId, errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Lists partitions that are on their way to other brokers (KIP-455). */
export const ListPartitionReassignmentsRequest = request("ListPartitionReassignments", { key: 46, versions: "0", flexible: "0+" }).fields({
  timeoutMs: int32({ absent: 60_000 }),
  /** null: of all topics. */
  topics: array({
    name: string(),
    partitionIndexes: array(int32()),
  }).with({ nullable: "0+", absent: null }),
});

export const ListPartitionReassignmentsResponse = response("ListPartitionReassignments", {
  key: 46,
  versions: "0",
  flexible: "0+",
}).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+" }),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      /** Those that are added and those that leave among them. */
      replicas: array(brokerId()),
      addingReplicas: array(brokerId()),
      removingReplicas: array(brokerId()),
    }),
  }),
});
