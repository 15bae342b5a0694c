import { array, errorCode, int32, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Elects leaders of partitions (KIP-460). */
export const ElectLeadersRequest = request("ElectLeaders", { key: 43, versions: "0-2", flexible: "2+" }).fields({
  /** 0: the preferred leader; 1: whoever serves, where nobody leads and nobody may. */
  electionType: int8({ versions: "1+", absent: 0 }),
  /** null: all partitions that need one. */
  topicPartitions: array({
    topic: string(),
    partitions: array(int32()),
  }).with({ nullable: "0+" }),
  timeoutMs: int32({ absent: 60_000 }),
});

export const ElectLeadersResponse = response("ElectLeaders", { key: 43, versions: "0-2", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode({ versions: "1+", absent: 0 }),
  replicaElectionResults: array({
    topic: string(),
    partitionResult: array({
      partitionId: int32(),
      errorCode: errorCode(),
      errorMessage: string({ nullable: "0+" }),
    }),
  }),
});
