import { Offset } from "@millrace/vocabulary";
import { Producers } from "../producers/producers.ts";
import { decodeProducers } from "../producers/snapshot.ts";
import { damageError } from "../segment/damage.ts";
import { boundaryAt } from "../segment/progress-at.ts";
import { scanBatches } from "../segment/scan.ts";
import { Turns } from "../turns.ts";
import type { LogState } from "./log-state.ts";
import { readSnapshot } from "./hints.ts";

/**
 * The producers as of `end`: from the newest snapshot that is not past it, and the batches since. Without a snapshot every segment
 * is read, which only damage asks for. A damaged batch is told of (`LogState.damaged`), and no reason not to open the log.
 */
export async function producersAsOf(state: LogState, end: Offset): Promise<Producers> {
  const snapshot =
    state.producersAt === -1 ? { producers: new Producers(), validTo: state.recovery.offset } : await newestSnapshot(state, end);
  const { producers, validTo } = snapshot ?? { producers: new Producers(), validTo: state.segments.first.baseOffset };
  if (validTo < end) await applyBatches(state, producers, { from: validTo, to: end });
  producers.transactions.settleBelow(state.highWatermark);
  return producers;
}

interface UsableSnapshot {
  readonly producers: Producers;
  /** What the snapshot says holds up to here. */
  readonly validTo: number;
}

async function newestSnapshot(state: LogState, end: Offset): Promise<UsableSnapshot | undefined> {
  const offset = state.snapshots.findLast((candidate) => candidate <= end);
  if (offset === undefined) return undefined;
  try {
    const bytes = readSnapshot(state.around.state, state.id, offset);
    if (bytes === undefined) return undefined;
    // The newest one was still right at the last flush, when nothing had changed since.
    const producers = await decodeProducers(bytes, new Turns(state.around.clock));
    return { producers, validTo: offset === state.producersAt ? Math.max(offset, state.recovery.offset) : offset };
  } catch (error) {
    state.around.logger.warn("producer snapshot damaged", { log: state.name, offset, error });
    return undefined;
  }
}

async function applyBatches(state: LogState, producers: Producers, { from, to }: { from: number; to: number }): Promise<void> {
  const { segments, around } = state;
  for (let number = segments.numberOf(from); number < segments.all.length; number++) {
    const segment = segments.at(number)!;
    if (segment.baseOffset >= to) return;
    const start = segment.baseOffset >= from ? 0 : (await boundaryAt(segment, from)).position;
    let known: number = segment.baseOffset;
    const { fault, position } = await scanBatches(segment.log, { from: start, to: segment.sizeBytes, checksums: false }, (batch) => {
      if (batch.baseOffset >= to) return false;
      known = batch.nextOffset;
      producers.apply(batch, around.clock.wallMs());
      return true;
    });
    // What lies behind it in the segment stays unknown; a log that others have all of is copied from there.
    if (fault !== undefined) state.damaged(Offset(known), damageError({ path: segment.log.path, position, from: known }));
  }
}
