import { BatchView } from "@millrace/records";
import { answered } from "../../brokers/operations/target.ts";
import { recordsOfBatch } from "../../brokers/records-in.ts";
import { holds } from "../../violation.ts";
import type { ReplicatedPartition } from "../model/replicated-partition.ts";
import type { Target } from "../model/replicas-model.ts";
import type { KnownLeader, ReplicaClient } from "../replica-client.ts";
import { drawTarget } from "./target.ts";

/** The first version that names topics by id. */
const version = 13;

/** Reads from where this client stands, or from anywhere that is known. */
export async function fetch(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  const leader = target && (await client.leaderOf(target.partition));
  if (target === undefined || leader === undefined) return;
  const { partition } = target;
  const isAnywhere = client.chance.hits(300_000);
  const from = isAnywhere ? client.chance.below(partition.committedEnd + 1) : client.position(partition);
  const next = await fetchFrom(client, leader, target, from);
  client.moveTo(partition, next === "out of range" ? client.chance.below(partition.committedEnd + 1) : (next ?? from));
}

/** Reads once and compares; comes back with where the next read begins, undefined where nothing was answered. */
export async function fetchFrom(
  client: ReplicaClient,
  { node, leaderEpoch }: KnownLeader,
  { topic, partition }: Target,
  from: number,
): Promise<number | "out of range" | undefined> {
  const partitionMaxBytes = client.chance.pick([1, 300, 1 << 20]);
  const wanted = { partition: partition.index, currentLeaderEpoch: leaderEpoch, fetchOffset: from, partitionMaxBytes };
  const { committedEnd } = partition;
  const toldBefore = partition.toldWithin(leaderEpoch);
  const request = { maxWaitMs: client.chance.pick([0, 200]), minBytes: 1, maxBytes: 1 << 20 };
  const topics = [{ topicId: topic.id, partitions: [wanted] }];
  const answer = await client.ask(node, "Fetch", version, { ...request, topics });
  const { errorCode, records, highWatermark } = answer.responses[0]!.partitions[0]!;
  const code = answered(errorCode, "fetch");
  client.note("fetch", code, records?.length ?? 0);
  if (code === "NONE") {
    partition.tell(leaderEpoch, highWatermark, toldBefore);
    return take(partition, from, highWatermark, records ?? Buffer.alloc(0));
  }
  client.forgetLeader(partition);
  if (code !== "OFFSET_OUT_OF_RANGE") return undefined;
  // What was read or acknowledged before is within the log of whoever leads, but for what may have been deleted.
  const isExplained = from < partition.deletableTo || partition.cleanup.mayRetire || topic.isDoomed;
  holds(isExplained || from > committedEnd, "P8", { partition: partition.name, from, committedEnd, deletableTo: partition.deletableTo });
  return "out of range";
}

function take(partition: ReplicatedPartition, from: number, highWatermark: number, records: Buffer): number {
  const view = new BatchView(records);
  let expected = from;
  for (let at = 0; at < records.length; at += view.sizeBytes) {
    view.moveTo(at);
    const { baseOffset, nextOffset } = view;
    const facts = { partition: partition.name, from, baseOffset, nextOffset, highWatermark };
    holds(view.computeCrc() === view.crc, "P13", { ...facts, reason: "the checksum is wrong" });
    holds(nextOffset <= highWatermark, "P7", { ...facts, reason: "read past the high watermark" });
    for (const { offset, value } of recordsOfBatch(view)) {
      if (offset < from) continue;
      holds(offset >= expected, "P13", { ...facts, offset, expected });
      partition.skipped(expected, offset);
      partition.read(offset, value);
      expected = offset + 1;
    }
    partition.skipped(expected, nextOffset);
    expected = Math.max(expected, nextOffset);
  }
  return expected;
}
