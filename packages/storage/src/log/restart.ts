import type { Offset } from "@millrace/vocabulary";
import { Producers } from "../producers/producers.ts";
import { noProgress } from "../segment/segment.ts";
import { type CutterParts, cutMemory } from "./cut-memory.ts";
import { marksChange, pointChange, snapshotChange } from "./hints.ts";
import type { LogState } from "./log-state.ts";

/** Drops everything that a log holds, and begins it at `offset`. A crash in between finds it as it was, or begun anew. */
export async function restart(state: LogState, parts: CutterParts, offset: Offset): Promise<void> {
  const { around, id, entries } = state;
  await state.writtenPoint.forget();
  state.restartingAt = offset;
  await around.state.commit([marksChange(id, state.marks())]);
  cutMemory(state, parts, state.logStart);
  const fresh = state.newSegment(offset, noProgress);
  const old = state.segments.restart(fresh);
  parts.writer.syncer.forget(old);
  beginAt(state, offset);
  await around.remover.retire(old, state.settings()["file.delete.delay.ms"]);
  // The file alone keeps the offset, should the hints be lost.
  await fresh.log.use((file) => file.sync());
  await entries.sync();
  await around.root.sync();
  const snapshots = state.snapshots.map((snapshot) => snapshotChange(id, snapshot, undefined));
  state.snapshots = [];
  state.producersAt = -1;
  state.recovery = state.indexed = state.bookmark();
  const point = { recovery: state.recovery, indexed: state.indexed, epochs: [], producersAt: -1 };
  state.restartingAt = undefined;
  await around.state.commit([marksChange(id, state.marks()), pointChange(id, point), ...snapshots]);
  around.logger.info("log restarted", { log: state.name, at: offset });
  state.observer?.logStartMoved();
}

function beginAt(state: LogState, offset: Offset): void {
  state.generation++;
  state.logStart = state.logEnd = state.nextOffset = state.syncedEnd = offset;
  state.highWatermark = state.cleanedTo = offset;
  state.epochs.clear();
  state.producers = new Producers();
}
