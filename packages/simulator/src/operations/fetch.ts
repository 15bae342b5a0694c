import type { Client } from "../clients/client.ts";
import type { PartitionModel } from "../model/partition-model.ts";
import { holds } from "../violation.ts";
import { recordsIn } from "../records-in.ts";
import { answered, drawTarget, type Target } from "./target.ts";

/** The first version that names topics by id. */
const version = 13;

/** Reads from where this client stands, or from anywhere. */
export async function fetch(client: Client): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  const { partition } = target;
  const isAnywhere = client.chance.hits(300_000);
  const from = isAnywhere ? client.chance.below(partition.knownEnd + 1) : client.position(partition);
  const next = await fetchFrom(client, target, from);
  client.moveTo(partition, next ?? 0);
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
  let expected = from;
  for (const { offset, value } of recordsIn(records)) {
    if (offset < from) continue;
    const facts = { partition: partition.name, from, offset, expected, highWatermark };
    // Records before the log start may go while others are read; a write that went astray may lie whole where others were.
    const mayHaveGone = expected === from && (offset <= partition.deletableTo || mayRetire);
    holds(offset === expected || mayHaveGone || partition.isDamaged, "P13", facts);
    holds(offset < highWatermark, "P7", { ...facts, reason: "read past the high watermark" });
    partition.read(offset, value, losses);
    expected = offset + 1;
  }
  return expected;
}
