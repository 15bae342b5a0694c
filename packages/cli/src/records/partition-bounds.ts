import type { Mill, PartitionName } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { within } from "../time-limit.ts";
import type { SpotText } from "./spot.ts";

/** Which records of a partition there are: offsets in [logStart, logEnd). */
export interface PartitionBounds extends PartitionName {
  readonly logStart: number;
  readonly logEnd: number;
}

export interface BoundsOptions {
  readonly timeoutMs: number;
  /** Whether `logEnd` lies past records of open transactions, too. Default: no. */
  readonly isReadUncommitted?: boolean;
}

/** Asks the leaders for the bounds of partitions, in their order. REQUEST_TIMED_OUT where a partition has no leader for so long. */
export async function boundsOf(mill: Mill, partitions: readonly PartitionName[], options: BoundsOptions): Promise<PartitionBounds[]> {
  const isolation = options.isReadUncommitted === true ? "read_uncommitted" : "read_committed";
  const ends = (["earliest", "latest"] as const).map((at) =>
    mill.admin.topics.offsets(
      partitions.map(({ topic, partition }) => ({ topic, partition, at })),
      { isolation },
    ),
  );
  const [starts, lasts] = await within(options.timeoutMs, Promise.all(ends));
  return partitions.map(({ topic, partition }, index) => ({ topic, partition, logStart: starts![index]!, logEnd: lasts![index]! }));
}

/** The offsets of one place in several partitions, in their order. OFFSET_OUT_OF_RANGE for an offset outside of a log. */
export async function offsetsOf(mill: Mill, spot: SpotText, bounds: readonly PartitionBounds[], timeoutMs: number): Promise<number[]> {
  if (spot.at !== "time") return bounds.map((each) => offsetIn(each, spot));
  const at = { timestampMs: spot.timestampMs };
  const asked = mill.admin.topics.offsets(bounds.map(({ topic, partition }) => ({ topic, partition, at })));
  return within(timeoutMs, asked);
}

function offsetIn({ topic, partition, logStart, logEnd }: PartitionBounds, spot: Exclude<SpotText, { at: "time" }>): number {
  if (spot.at === "start") return logStart;
  if (spot.at === "end") return logEnd;
  if (spot.at === "last") return Math.max(logStart, logEnd - spot.count);
  const { offset } = spot;
  if (offset >= logStart && offset <= logEnd) return offset;
  throw new MillraceError("OFFSET_OUT_OF_RANGE", { topic, partition, offset, logStart, logEnd });
}
