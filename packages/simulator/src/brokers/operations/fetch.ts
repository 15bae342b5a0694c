import { BatchView } from "@millrace/records";
import type { Client } from "../clients/client.ts";
import type { PartitionModel } from "../model/partition-model.ts";
import { holds } from "../../violation.ts";
import { recordsOfBatch } from "../records-in.ts";
import { answered, drawTarget, type Target } from "./target.ts";

/** The first version that names topics by id. */
const version = 13;
/** So many records before the end are near it. */
const nearMax = 100;

/** Reads from where this client stands, or from anywhere. */
export async function fetch(client: Client): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  const { partition } = target;
  const next = await fetchFrom(client, target, drawPosition(client, partition));
  client.moveTo(partition, next ?? client.chance.pick([0, partition.committedEnd]));
}

/** Where the client stands; now and then anywhere, mostly not far from the end, since what is old may be gone. */
function drawPosition(client: Client, partition: PartitionModel): number {
  const { chance } = client;
  if (!chance.hits(300_000)) return client.position(partition);
  const end = partition.knownEnd;
  return chance.hits(200_000) ? chance.below(end + 1) : end - chance.below(Math.min(end, nearMax) + 1);
}

/** Reads once and compares; resolves to where the next read begins, undefined where the position is of no use. */
export async function fetchFrom(client: Client, { topic, partition }: Target, from: number): Promise<number | undefined> {
  const { losses, committedEnd } = partition;
  const request = { partition: partition.index, fetchOffset: from, partitionMaxBytes: client.chance.pick([1, 300, 1 << 20]) };
  const { responses } = await client.ask("Fetch", version, {
    maxWaitMs: client.chance.pick([0, 100, 500]),
    minBytes: 1,
    maxBytes: 1 << 20,
    topics: [{ topicId: topic.id, partitions: [request] }],
  });
  const { errorCode, records, highWatermark } = responses[0]!.partitions[0]!;
  const code = answered(errorCode, "fetch");
  client.note("fetch", code, records?.length ?? 0);
  if (code === "UNKNOWN_TOPIC_ID") topic.seen(false, false);
  if (code === "OFFSET_OUT_OF_RANGE") {
    const facts = { partition: partition.name, from, committedEnd, deletableTo: partition.deletableTo };
    const isExplained = losses !== partition.losses || partition.isDamaged || topic.isDoomed || client.stage.mayRetire;
    holds(isExplained || from < partition.deletableTo || from > committedEnd, "P14", facts);
  }
  if (code !== "NONE") return code === "OFFSET_OUT_OF_RANGE" ? undefined : from;
  return take(partition, { from, losses, mayRetire: client.stage.mayRetire, highWatermark, records: records ?? Buffer.alloc(0) });
}

interface Taken {
  readonly from: number;
  readonly losses: number;
  readonly mayRetire: boolean;
  readonly highWatermark: number;
  readonly records: Buffer;
}

/** Compares what came with what is known; comes back with the offset after it. */
function take(partition: PartitionModel, { from, losses, mayRetire, highWatermark, records }: Taken): number {
  const view = new BatchView(records);
  let expected = from;
  for (let at = 0; at < records.length; at += view.sizeBytes) {
    view.moveTo(at);
    const offset = Math.max(from, view.baseOffset);
    const facts = { partition: partition.name, from, offset, expected, highWatermark };
    holds(view.computeCrc() === view.crc, "P13", { ...facts, reason: "the checksum is wrong" });
    // Records before the log start may go while others are read; a write that went astray may lie whole where others were.
    const mayHaveGone = expected === from && (offset <= partition.deletableTo || mayRetire);
    holds(offset === expected || mayHaveGone || partition.isDamaged, "P13", facts);
    holds(view.nextOffset <= highWatermark, "P7", { ...facts, nextOffset: view.nextOffset, reason: "read past the high watermark" });
    if (partition.batches.has(view)) partition.readTo(view.nextOffset, losses);
    else takeNew(partition, view, { from, losses });
    expected = Math.max(expected, view.nextOffset);
  }
  return expected;
}

/** A batch of which not every record was read before, here. */
function takeNew(partition: PartitionModel, view: BatchView, { from, losses }: Pick<Taken, "from" | "losses">): void {
  let expected: number = view.baseOffset;
  for (const { offset, value } of recordsOfBatch(view)) {
    holds(offset === expected || partition.isDamaged, "P13", { partition: partition.name, from, offset, expected });
    expected = offset + 1;
    if (offset >= from) partition.read(offset, value, losses);
  }
  if (from <= view.baseOffset && losses === partition.losses) partition.batches.add(view);
}
