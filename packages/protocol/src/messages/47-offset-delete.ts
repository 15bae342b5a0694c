import { array, errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Deletes committed offsets of topics that the group does not subscribe to. */
export const OffsetDeleteRequest = request("OffsetDelete", { key: 47, versions: "0", flexible: "none" }).fields({
  groupId: string(),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
    }),
  }),
});

export const OffsetDeleteResponse = response("OffsetDelete", { key: 47, versions: "0", flexible: "none" }).fields({
  /** Of the group as a whole. */
  errorCode: errorCode(),
  throttleTimeMs: throttleTimeMs(),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
    }),
  }),
});
