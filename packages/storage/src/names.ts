import { isUuid, TopicId, type TopicPartition } from "@millrace/vocabulary";

/** The files of a segment, by what they hold; Kafka's endings. */
export const segmentFileKinds = ["log", "index", "timeindex", "txnindex"] as const;
export type SegmentFileKind = (typeof segmentFileKinds)[number];

/**
 * Where a segment's file stands in its life.
 *
 * - `live`: part of the log.
 * - `deleted`: gone from the log, kept for readers that are still in it.
 * - `cleaned`: being written by compaction.
 * - `swap`: compacted, complete and durable, to take the place of its sources.
 */
export type SegmentFileState = "live" | "deleted" | "cleaned" | "swap";

/** What the name of a file in a log's directory says. */
export interface SegmentFileName {
  readonly baseOffset: number;
  readonly kind: SegmentFileKind;
  readonly state: SegmentFileState;
  /** Of a `.log.swap`: the end of the offsets whose segments it replaces. */
  readonly replacesTo: number | undefined;
}

/** Offsets in file names have 20 digits, so that names sort as offsets do. */
const offsetDigits = 20;

/** The name of a segment's file while it is part of the log. */
export function segmentFileName(baseOffset: number, kind: SegmentFileKind): string {
  return `${paddedOffset(baseOffset)}.${kind}`;
}

/**
 * The name of a compacted `.log` that waits to take the place of the segments in [baseOffset, to). The end stands in the name,
 * so that one rename decides which sources go, whatever else a crash leaves behind.
 */
export function swapFileName(baseOffset: number, to: number): string {
  return `${paddedOffset(baseOffset)}-${paddedOffset(to)}.log.swap`;
}

function paddedOffset(offset: number): string {
  return String(offset).padStart(offsetDigits, "0");
}

const segmentFilePattern = /^(\d{20})(?:-(\d{20}))?\.(log|index|timeindex|txnindex)(?:\.(deleted|cleaned|swap))?$/;

/** What a name says; undefined where it names nothing of ours. */
export function parseSegmentFileName(name: string): SegmentFileName | undefined {
  const match = segmentFilePattern.exec(name);
  if (match === null) return undefined;
  const [, base, to, kind, state] = match;
  return {
    baseOffset: Number(base),
    kind: kind as SegmentFileKind,
    state: (state ?? "live") as SegmentFileState,
    replacesTo: to === undefined ? undefined : Number(to),
  };
}

/** The directory of a partition's log: its topic's id, never a text from a client. */
export function logDirectoryName({ topicId, partition }: TopicPartition): string {
  return `${topicId}-${partition}`;
}

/** The partition whose log lies in a directory of this name; undefined where it is not a log's. */
export function parseLogDirectoryName(name: string): TopicPartition | undefined {
  const match = /^(.{22})-(0|[1-9]\d{0,9})$/.exec(name);
  if (match === null || !isUuid(match[1]!)) return undefined;
  return { topicId: TopicId(match[1]), partition: Number(match[2]) };
}

/** Ends the name of a log's directory that waits to be removed. */
export const removedLogSuffix = "-delete";
