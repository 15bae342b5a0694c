import { checkFraming } from "@millrace/records";
import { batchesOfPartition } from "../support/partition-scan.ts";
import { WireClient } from "../support/wire-client.ts";
import { victims } from "./requests.ts";

/** What is wrong with the batches that a broker took of bad producers, in words: everything it took must be sound, and come back. */
export async function faultsOfVictims(bootstrap: string): Promise<string[]> {
  using client = await WireClient.connect(bootstrap);
  const { topics } = await client.ask("Metadata", 9, { topics: null });
  const faults: string[] = [];
  for (const { name, partitions } of topics) {
    if (!victims.some((victim) => victim === name)) continue;
    for (const { partitionIndex } of partitions) faults.push(...(await faultsOfPartition(client, name!, partitionIndex)));
  }
  return faults;
}

async function faultsOfPartition(client: WireClient, topic: string, partition: number): Promise<string[]> {
  let next = 0;
  try {
    const from = await logStart(client, topic, partition);
    for await (const batch of batchesOfPartition(client, topic, { partition, from })) {
      next = batch.nextOffset;
      if (batch.computeCrc() !== batch.crc) throw new Error("its checksum does not fit");
      if (batch.compression === "none") checkFraming(batch);
    }
    return [];
  } catch (error) {
    return [`${topic}-${partition} from ${next} on: ${String(error)}`];
  }
}

/** Records may have been deleted, and retention changed. */
async function logStart(client: WireClient, name: string, partitionIndex: number): Promise<number> {
  const earliest = -2;
  const { topics } = await client.ask("ListOffsets", 7, {
    replicaId: -1,
    topics: [{ name, partitions: [{ partitionIndex, timestamp: earliest }] }],
  });
  return topics[0]!.partitions[0]!.offset;
}
