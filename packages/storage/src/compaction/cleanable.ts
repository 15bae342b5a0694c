import type { TopicSettings } from "@millrace/vocabulary";
import type { LogState } from "../log/log-state.ts";
import { firstTimestamp } from "../segment/progress-at.ts";
import type { Segment } from "../segment/segment.ts";

/** What compaction could do to a log now. */
export interface Cleanable {
  /** Everything below it has been compacted before. */
  readonly firstDirty: number;
  /** Where the first segment begins that must not be touched. */
  readonly end: number;
  readonly dirtyBytes: number;
  /** The share of the log up to `end` that has not been compacted. */
  readonly dirtyRatio: number;
  /** Records have waited longer than `max.compaction.lag.ms`, so that the ratio does not matter. */
  readonly isOverdue: boolean;
}

/** What of a compacted log may be compacted; undefined: nothing. */
export async function cleanableOf(state: LogState): Promise<Cleanable | undefined> {
  const settings = state.settings();
  const { segments } = state;
  const firstDirty = state.cleanedTo > state.logEnd ? state.logStart : Math.max(state.cleanedTo, state.logStart);
  const sealed = segments.all.slice(0, segments.numberOf(untouchableFrom(state)));
  const dirty = sealed.filter((_, number) => segments.endOf(number) > firstDirty);
  const waiting = await firstYounger(state, dirty, settings);
  const cleanable = waiting < 0 ? dirty : dirty.slice(0, waiting);
  const last = cleanable.at(-1);
  if (last === undefined) return undefined;
  const dirtyBytes = sizeOf(cleanable);
  const totalBytes = sizeOf(sealed.slice(0, sealed.indexOf(last) + 1));
  if (totalBytes === 0) return undefined;
  const end = segments.endOf(segments.all.indexOf(last));
  return { firstDirty, end, dirtyBytes, dirtyRatio: dirtyBytes / totalBytes, isOverdue: await isOverdue(state, cleanable, settings) };
}

/**
 * What lies in the active segment, at or past the high watermark, or in a transaction that is open must stay as it is; and what the next
 * recovery begins with.
 */
function untouchableFrom({ segments, highWatermark, producers, recovery }: LogState): number {
  const lastStable = Math.min(highWatermark, producers.transactions.firstOffset ?? Infinity);
  return Math.min(lastStable, segments.active.baseOffset, recovery.baseOffset);
}

/** The number of the first segment with records younger than `min.compaction.lag.ms`; -1: none has any. */
async function firstYounger(state: LogState, segments: readonly Segment[], settings: TopicSettings): Promise<number> {
  const lagMs = settings["min.compaction.lag.ms"];
  if (lagMs === 0) return -1;
  const limitMs = state.around.clock.wallMs() - lagMs;
  for (const [number, segment] of segments.entries()) {
    const largest = await segment.largestTimestamp(settings["index.interval.bytes"]);
    if ((largest?.timestampMs ?? -1) > limitMs) return number;
  }
  return -1;
}

async function isOverdue(state: LogState, segments: readonly Segment[], settings: TopicSettings): Promise<boolean> {
  const limitMs = state.around.clock.wallMs() - settings["max.compaction.lag.ms"];
  if (limitMs <= 0) return false;
  for (const segment of segments) {
    const timestampMs = await firstTimestamp(segment, segment.sizeBytes);
    if (timestampMs > 0 && timestampMs < limitMs) return true;
  }
  return false;
}

function sizeOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
