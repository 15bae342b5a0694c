import { array, bool, brokerId, errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Gives topics more partitions. */
export const CreatePartitionsRequest = request("CreatePartitions", { key: 37, versions: "0-3", flexible: "2+" }).fields({
  topics: array({
    name: string(),
    /** All partitions together, the old ones too. */
    count: int32(),
    /** Brokers of each new partition; null: the cluster decides. */
    assignments: array({
      brokerIds: array(brokerId()),
    }).with({ nullable: "0+" }),
  }),
  timeoutMs: int32(),
  /** Everything is checked, nothing changed. */
  validateOnly: bool(),
});

export const CreatePartitionsResponse = response("CreatePartitions", { key: 37, versions: "0-3", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  results: array({
    name: string(),
    errorCode: errorCode(),
    errorMessage: string({ nullable: "0+", absent: null }),
  }),
});
