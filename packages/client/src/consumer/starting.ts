import type { Clock } from "@millrace/runtime";
import { MillraceError, minuteMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { findOffsets } from "../cluster/offsets.ts";
import type { PartitionName } from "../group/group-calls.ts";
import type { Start } from "./options.ts";

/** A partition and where to begin: at an offset, or at a spot that its leader knows. */
export interface Beginning extends PartitionName {
  readonly from: Start | number;
}

/** An offset is looked for so long. */
const searchTimeoutMs: number = 5 * minuteMs;

/** The offsets to begin at. OFFSET_OUT_OF_RANGE where there is none and none is to be made up. */
export async function beginningOffsets(
  cluster: Cluster,
  clock: Clock,
  beginnings: readonly Beginning[],
  isReadCommitted: boolean,
): Promise<(PartitionName & { readonly from: number })[]> {
  const spots = beginnings.flatMap(({ topic, partition, from }) => {
    if (from === "none") throw new MillraceError("OFFSET_OUT_OF_RANGE", { topic, partition, reason: "nothing was committed" });
    return typeof from === "number" ? [] : [{ topic, partition, at: from }];
  });
  const found = await findOffsets(cluster, clock, spots, { isReadCommitted, timeoutMs: searchTimeoutMs });
  let next = 0;
  return beginnings.map(({ topic, partition, from }) => ({ topic, partition, from: typeof from === "number" ? from : found[next++]! }));
}
