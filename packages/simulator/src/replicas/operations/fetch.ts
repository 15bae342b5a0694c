import { BatchView } from "@millrace/records";
import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import { answered } from "../../brokers/operations/target.ts";
import { recordsOfBatch } from "../../brokers/records-in.ts";
import { holds } from "../../violation.ts";
import type { ReplicatedPartition } from "../model/replicated-partition.ts";
import type { ReplicaClient } from "../replica-client.ts";
import { drawPartition } from "./produce.ts";

/** The first version that names topics by id. */
const version = 13;

/** Reads from where this client stands, or from anywhere that is known. */
export async function fetch(client: ReplicaClient): Promise<void> {
  const partition = drawPartition(client);
  const leader = partition && (await client.leaderOf(partition));
  if (partition === undefined || leader === undefined) return;
  const isAnywhere = client.chance.hits(300_000);
  const from = isAnywhere ? client.chance.below(partition.committedEnd + 1) : client.position(partition);
  client.moveTo(partition, (await fetchFrom(client, leader, partition, from)) ?? from);
}

/** Reads once and compares; comes back with where the next read begins, undefined where nothing was answered. */
export async function fetchFrom(
  client: ReplicaClient,
  leader: BrokerNode,
  partition: ReplicatedPartition,
  from: number,
): Promise<number | undefined> {
  const wanted = { partition: partition.index, fetchOffset: from, partitionMaxBytes: client.chance.pick([1, 300, 1 << 20]) };
  const { committedEnd } = partition;
  const request = { maxWaitMs: client.chance.pick([0, 200]), minBytes: 1, maxBytes: 1 << 20 };
  const topics = [{ topicId: partition.topicId, partitions: [wanted] }];
  const answer = await client.ask(leader, "Fetch", version, { ...request, topics });
  const { errorCode, records, highWatermark } = answer.responses[0]!.partitions[0]!;
  const code = answered(errorCode, "fetch");
  client.note("fetch", code, records?.length ?? 0);
  if (code === "NONE") return take(partition, from, highWatermark, records ?? Buffer.alloc(0));
  client.forgetLeader(partition);
  // Nothing is ever deleted: what was read or acknowledged before is within the log of whoever leads.
  holds(code !== "OFFSET_OUT_OF_RANGE" || from > committedEnd, "P8", { partition: partition.name, from, committedEnd });
  return undefined;
}

function take(partition: ReplicatedPartition, from: number, highWatermark: number, records: Buffer): number {
  const view = new BatchView(records);
  let expected = from;
  for (let at = 0; at < records.length; at += view.sizeBytes) {
    view.moveTo(at);
    holds(view.computeCrc() === view.crc, "P13", { partition: partition.name, baseOffset: view.baseOffset });
    for (const { offset, value } of recordsOfBatch(view)) {
      if (offset < from) continue;
      const facts = { partition: partition.name, offset, expected, highWatermark };
      holds(offset === expected, "P13", facts);
      holds(offset < highWatermark, "P7", { ...facts, reason: "read past the high watermark" });
      partition.read(offset, value);
      expected = offset + 1;
    }
  }
  return expected;
}
