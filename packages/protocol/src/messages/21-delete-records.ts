import { array, errorCode, int32, offset, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Moves the log start up. */
export const DeleteRecordsRequest = request("DeleteRecords", { key: 21, versions: "0-2", flexible: "2+" }).fields({
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      /** The new log start. -1: the high watermark. */
      offset: offset(),
    }),
  }),
  timeoutMs: int32(),
});

export const DeleteRecordsResponse = response("DeleteRecords", { key: 21, versions: "0-2", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      /** The smallest log start among the replicas; with an error -1. */
      lowWatermark: offset(),
      errorCode: errorCode(),
    }),
  }),
});
