import type { KvChange } from "@millrace/runtime";
import { type Bookmark, marksChange, pointChange, snapshotChange } from "./hints.ts";
import type { LogState } from "./log-state.ts";

/** Takes back every hint that speaks of what is about to be cut off: from then on the log ends at `end`. */
export async function lowerHints(state: LogState, end: Bookmark): Promise<void> {
  await state.writtenPoint.forget();
  const areMarksAhead = state.highWatermark > end.offset || state.cleanedTo > end.offset;
  if (state.highWatermark > end.offset) state.highWatermark = end.offset;
  if (state.cleanedTo > end.offset) state.cleanedTo = end.offset;
  if (end.offset < state.recovery.offset) await lowerPoint(state, end);
  else if (areMarksAhead) await state.around.state.commit([marksChange(state.id, state.marks())]);
}

async function lowerPoint(state: LogState, end: Bookmark): Promise<void> {
  const { id } = state;
  const dropped = state.snapshots.filter((offset) => offset > end.offset);
  const kept = state.snapshots.filter((offset) => offset <= end.offset);
  // A later snapshot is of no use; an earlier one is still right only if nothing had changed since.
  const producersAt = (state.producersAt ?? Infinity) <= end.offset ? state.producersAt : undefined;
  const epochs = state.epochs.starts.filter(({ startOffset }) => startOffset < end.offset);
  // What is left of an index that was synced further, or sealed, is synced.
  const isBehind = end.baseOffset === state.indexed.baseOffset && end.offset >= state.indexed.offset;
  const indexed = isBehind ? state.indexed : end;
  const changes: KvChange[] = [
    pointChange(id, { recovery: end, indexed, epochs, producersAt }),
    marksChange(id, state.marks()),
    ...dropped.map((offset) => snapshotChange(id, offset, undefined)),
  ];
  await state.around.state.commit(changes);
  state.recovery = end;
  state.indexed = indexed;
  state.producersAt = producersAt;
  state.snapshots = kept;
}
