import { encodeBatch, encodeMarkerBatch, type TransactionOutcome } from "@millrace/records";
import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import { offsetEntry } from "../../src/stored/entries.ts";
import type { MemoryLog } from "./memory-log.ts";
import { partitionOf } from "./words.ts";

/** Writes offsets as a producer does within a transaction: `orders-0:5`. */
export function writeOpenOffsets(log: MemoryLog, producerId: number, groupId: string, words: readonly string[]): void {
  const records = words.map((word) => {
    const [name = "", offset = ""] = word.split(":");
    const { topic, partition } = partitionOf(name);
    const value = { offset: Offset(Number(offset)), leaderEpoch: LeaderEpoch(-1), metadata: "", committedMs: 0 };
    return { ...offsetEntry(groupId, topic, partition, { ...value, expiresMs: undefined, topicId: undefined }), timestamp: 0 };
  });
  log.append(encodeBatch(records, { producerId, producerEpoch: 0, baseSequence: 0, isTransactional: true }));
}

/** Writes the marker that ends the transaction. */
export function writeMarker(log: MemoryLog, producerId: number, outcome: TransactionOutcome): void {
  log.append(encodeMarkerBatch({ outcome, coordinatorEpoch: 0 }, { producerId, producerEpoch: 0, timestamp: 0 }));
}
