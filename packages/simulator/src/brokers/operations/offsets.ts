import { offsetNames } from "@millrace/protocol";
import type { Client } from "../clients/client.ts";
import { holds } from "../../violation.ts";
import { answered, drawTarget } from "./target.ts";

/** Asks for a partition's ends: the high watermark is not below what was acknowledged or read, the log start not past what may go. */
export async function listOffsets(client: Client): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  const { topic, partition } = target;
  const { losses, committedEnd, isDamaged } = partition;
  const isLatest = client.chance.hits(500_000);
  const timestamp = isLatest ? offsetNames.latest : offsetNames.earliest;
  const partitions = [{ partitionIndex: partition.index, timestamp }];
  const { topics } = await client.ask("ListOffsets", 6, { replicaId: -1, topics: [{ name: topic.name, partitions }] });
  const { errorCode, offset } = topics[0]!.partitions[0]!;
  const code = answered(errorCode, "list offsets");
  client.note("list offsets", code, offset);
  if (code !== "NONE" || losses !== partition.losses || isDamaged || topic.isDoomed) return;
  const facts = { partition: partition.name, offset, committedEnd, deletableTo: partition.deletableTo };
  if (isLatest) holds(offset >= committedEnd, "P8", facts);
  else holds(offset <= partition.deletableTo || client.stage.mayRetire, "P14", facts);
}

/** Moves a log start up to some place that is known. */
export async function deleteRecords(client: Client): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined || target.partition.committedEnd === 0) return;
  const { topic, partition } = target;
  const offset = client.chance.below(partition.committedEnd + 1);
  partition.deletableTo = Math.max(partition.deletableTo, offset);
  const { topics } = await client.ask("DeleteRecords", 2, {
    topics: [{ name: topic.name, partitions: [{ partitionIndex: partition.index, offset }] }],
    timeoutMs: 3_000,
  });
  client.note("delete records", answered(topics[0]!.partitions[0]!.errorCode, "delete records"), offset);
}
