import type { KvChange } from "@millrace/runtime";
import { MiB, Offset } from "@millrace/vocabulary";
import { encodeProducers, momentOf, type ProducersMoment } from "../producers/snapshot.ts";
import { noProgress } from "../segment/segment.ts";
import { Turns } from "../turns.ts";
import type { EpochStart } from "./epoch-cache.ts";
import { type Bookmark, marksChange, type Point, pointChange, snapshotChange } from "./hints.ts";
import type { LogState } from "./log-state.ts";
import type { Writer } from "./writer.ts";

/** An index is synced once so much of the log has been written since: after a power cut as much is read to make it anew. */
const indexSyncBytes: number = 64 * MiB;

export interface FlushOptions {
  /** Whether the indexes are synced as well, however little they have grown. */
  readonly syncIndexes: boolean;
}

/** What a log was at some moment: everything that the next recovery begins with, of one offset. */
export interface Moment {
  readonly generation: number;
  readonly bookmark: Bookmark;
  readonly placedBytes: number;
  readonly epochs: readonly EpochStart[];
  /** The producers, where they have changed since the recovery point. */
  readonly producers: ProducersMoment | undefined;
  readonly hasProducers: boolean;
}

/**
 * Moves the recovery point up to what has been appended when it is called: waits until that is written, syncs it and its
 * directory entries, writes the indexes, and commits the hints; in this order, since a recovery point that is ahead of the disk
 * would hide what a power cut took. Called by whoever holds the structure of the log, or shares it. A cut on the way ends it without a result.
 */
export async function flush(state: LogState, writer: Writer, options: FlushOptions): Promise<void> {
  const moment = await beginFlush(state, writer, options);
  if (moment === undefined) return;
  await writer.syncer.sync();
  await finishFlush(state, moment, options);
}

/** Takes hold of the log as it is, once all of it is written; undefined where there is nothing to flush. */
export async function beginFlush(state: LogState, writer: Writer, options: FlushOptions): Promise<Moment | undefined> {
  const moment = noteMoment(state);
  if (isUpToDate(state, moment, options)) return undefined;
  const isWritten = await writer.written(moment.bookmark.offset);
  return isWritten && moment.generation === state.generation ? moment : undefined;
}

/** Makes a moment the recovery point. Everything in it must have been synced since it began; a later one may stand already. */
export async function finishFlush(state: LogState, moment: Moment, options: FlushOptions): Promise<void> {
  const { offset, baseOffset } = moment.bookmark;
  const isOver = () => moment.generation !== state.generation || offset < state.recovery.offset || baseOffset < state.recovery.baseOffset;
  if (isOver()) return;
  const indexed = await writeIndexes(state, moment.bookmark, options);
  const snapshot = moment.producers && (await encodeProducers(moment.producers, new Turns(state.around.clock)));
  if (isOver()) return;
  await commit(state, moment, { indexed, snapshot });
}

function noteMoment(state: LogState): Moment {
  const { producers, recovery } = state;
  const hasChanged = producers.changedTo > recovery.offset || state.producersAt === undefined;
  const hasProducers = producers.all.size > 0 || producers.transactions.firstOffset !== undefined;
  return {
    generation: state.generation,
    bookmark: state.bookmark(),
    placedBytes: state.placedBytes,
    epochs: [...state.epochs.starts],
    producers: hasChanged && hasProducers ? momentOf(producers) : undefined,
    hasProducers,
  };
}

/** Whether nothing has happened since the last flush. */
function isUpToDate(state: LogState, { bookmark, producers }: Moment, { syncIndexes }: FlushOptions): boolean {
  const { recovery, indexed, producersAt } = state;
  if (producersAt === undefined) return false;
  const isSame = bookmark.offset === recovery.offset && bookmark.baseOffset === recovery.baseOffset && producers === undefined;
  return isSame && (!syncIndexes || indexed.offset === recovery.offset);
}

/** Writes the index entries of everything below the bookmark. Comes back with how far they are synced. */
async function writeIndexes(state: LogState, mark: Bookmark, { syncIndexes }: FlushOptions): Promise<Bookmark> {
  const { segments, indexed, entries } = state;
  const last = segments.numberOf(mark.baseOffset);
  for (let number = segments.numberOf(state.recovery.baseOffset); number < last; number++) {
    const segment = segments.at(number)!;
    await segment.writeIndexes(segment.progress(), { sync: true });
  }
  const isSame = indexed.baseOffset === mark.baseOffset;
  const behind: Bookmark = isSame ? indexed : { offset: mark.baseOffset, baseOffset: mark.baseOffset, progress: noProgress };
  const sync = syncIndexes || mark.progress.sizeBytes - behind.progress.sizeBytes >= indexSyncBytes;
  await segments.at(last)!.writeIndexes(mark.progress, { sync });
  // Of an index that is noted the name must be there as well.
  await entries.sync();
  return sync ? mark : behind;
}

/** What the flush has made of the moment. */
interface Flushed {
  /** How far the indexes are synced. */
  readonly indexed: Bookmark;
  readonly snapshot: Buffer | undefined;
}

async function commit(state: LogState, moment: Moment, { indexed, snapshot }: Flushed): Promise<void> {
  const { id, around } = state;
  const { bookmark, hasProducers, epochs } = moment;
  const producersAt = snapshot !== undefined ? bookmark.offset : hasProducers ? state.producersAt : -1;
  const snapshots =
    snapshot !== undefined ? [...state.snapshots.filter((offset) => offset < bookmark.offset), bookmark.offset] : state.snapshots;
  const kept = keptSnapshots(snapshots, state.highWatermark);
  const dropped = snapshots.filter((offset) => !kept.includes(offset));
  const point: Point = { recovery: bookmark, indexed, epochs, producersAt };
  const changes: KvChange[] = [pointChange(id, point), marksChange(id, state.marks())];
  if (snapshot !== undefined) changes.push(snapshotChange(id, bookmark.offset, snapshot));
  changes.push(...dropped.map((offset) => snapshotChange(id, offset, undefined)));
  await around.state.commit(changes);
  state.recovery = bookmark;
  state.indexed = indexed;
  state.producersAt = producersAt;
  state.snapshots = kept;
  state.flushedBytes = Math.max(state.flushedBytes, moment.placedBytes);
}

/** A cut never goes below the high watermark: the newest snapshot at or below it is kept, and all behind. */
function keptSnapshots(snapshots: readonly number[], highWatermark: Offset): number[] {
  const oldest = snapshots.findLast((offset) => offset <= highWatermark) ?? 0;
  return snapshots.filter((offset) => offset >= oldest);
}
