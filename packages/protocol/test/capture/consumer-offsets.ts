import { BatchView, batchHeaderBytes, readRecords } from "@millrace/records";
import { BrokerId, Offset, offsetsTopic, zeroUuid } from "@millrace/vocabulary";
import type { StoredPair } from "../support/captured.ts";
import { Connection } from "./connection.ts";
import type { Address } from "./redirect.ts";

/** Pairs that the files hold of each kind and version: more of them say nothing new. */
const pairsPerKind = 4;

/** Reads what a broker's group coordinator has stored: some records of each kind, in each version that occurs. */
export async function readConsumerOffsets(broker: Address): Promise<StoredPair[]> {
  const connection = await Connection.open(broker);
  const { topics } = await connection.ask("Metadata", 12, { topics: [{ name: offsetsTopic, topicId: zeroUuid }] });
  const kinds = new Map<string, StoredPair[]>();
  for (const { partitionIndex } of topics[0]!.partitions) {
    for (const { key, value } of await readPartition(connection, partitionIndex)) {
      const kind = `${key.readInt16BE()} ${value?.readInt16BE()}`;
      const pair = { key: key.toString("base64"), value: value?.toString("base64") ?? null };
      kinds.set(kind, [...(kinds.get(kind) ?? []), pair].slice(0, pairsPerKind));
    }
  }
  connection.close();
  return [...kinds.values()].flat();
}

async function readPartition(connection: Connection, partition: number): Promise<{ key: Buffer; value: Buffer | null }[]> {
  const partitions = [{ partition, fetchOffset: Offset(0), partitionMaxBytes: 1 << 20 }];
  const topics = [{ topic: offsetsTopic, topicId: zeroUuid, partitions }];
  const { responses } = await connection.ask("Fetch", 11, { maxWaitMs: 0, minBytes: 0, replicaId: BrokerId(-1), topics });
  const pairs: { key: Buffer; value: Buffer | null }[] = [];
  const bytes = responses[0]?.partitions[0]?.records ?? Buffer.alloc(0);
  for (let start = 0; start + batchHeaderBytes < bytes.length;) {
    const batch = new BatchView(bytes, start);
    const end = start + batch.sizeBytes;
    if (end > bytes.length) break;
    const records = bytes.subarray(start + batchHeaderBytes, end);
    if (!batch.isControl) for (const { key, value } of readRecords(batch, records)) pairs.push({ key: key!, value });
    start = end;
  }
  return pairs;
}
