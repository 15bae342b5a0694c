import type { Mill, PartitionName } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { boundsOf, offsetsOf } from "../records/partition-bounds.ts";
import type { SpotText } from "../records/spot.ts";
import type { Stretch } from "./log-ends.ts";

export interface StretchOptions {
  readonly topics: readonly string[];
  /** Of each topic; empty: all. */
  readonly partitions: readonly number[];
  readonly from: SpotText;
  /** Reading begins where the group stands, and at `from` only where it has committed nothing. */
  readonly group: string | undefined;
  readonly isReadUncommitted: boolean;
  readonly timeoutMs: number;
}

/** What there is to read now. UNKNOWN_TOPIC_OR_PARTITION for what does not exist, OFFSET_OUT_OF_RANGE for an offset outside of a log. */
export async function findStretches(mill: Mill, options: StretchOptions): Promise<Stretch[]> {
  const { topics, partitions, from, group, isReadUncommitted, timeoutMs } = options;
  const named = (await Promise.all(topics.map((topic) => partitionsOf(mill, topic, partitions)))).flat();
  const bounds = await boundsOf(mill, named, { timeoutMs, isReadUncommitted });
  const offsets = await offsetsOf(mill, from, bounds, timeoutMs);
  const committed = group === undefined ? [] : await mill.admin.groups.offsets(group);
  return bounds.map(({ topic, partition, logEnd }, index) => {
    const standing = committed.find((each) => each.topic === topic && each.partition === partition)?.offset;
    return { topic, partition, from: standing ?? offsets[index]!, end: logEnd };
  });
}

async function partitionsOf(mill: Mill, topic: string, wanted: readonly number[]): Promise<PartitionName[]> {
  const { partitions } = await mill.admin.topics.describe(topic);
  const missing = wanted.find((partition) => partitions[partition] === undefined);
  if (missing !== undefined)
    throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic, partition: missing, partitions: partitions.length });
  return (wanted.length > 0 ? wanted : partitions.map(({ partition }) => partition)).map((partition) => ({ topic, partition }));
}
