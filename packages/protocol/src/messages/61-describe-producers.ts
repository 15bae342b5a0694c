import { array, errorCode, int32, int64, offset, producerId, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks what a partition knows of its producers: how one finds a transaction that hangs (KIP-664). */
export const DescribeProducersRequest = request("DescribeProducers", { key: 61, versions: "0", flexible: "0+" }).fields({
  topics: array({
    name: string(),
    partitionIndexes: array(int32()),
  }),
});

export const DescribeProducersResponse = response("DescribeProducers", { key: 61, versions: "0", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      errorCode: errorCode(),
      errorMessage: string({ nullable: "0+", absent: null }),
      activeProducers: array({
        producerId: producerId(),
        producerEpoch: int32(),
        lastSequence: int32({ absent: -1 }),
        lastTimestamp: int64({ absent: -1 }),
        /** Of the last marker. -1: there was none. */
        coordinatorEpoch: int32(),
        /** Of its open transaction. -1: none is open. */
        currentTxnStartOffset: offset({ absent: -1 }),
      }),
    }),
  }),
});
