import { Offset } from "@millrace/vocabulary";
import { abortedRanges } from "../log/aborted-transactions.ts";
import type { LogState } from "../log/log-state.ts";
import { boundaryAt } from "../segment/progress-at.ts";
import { batchChunks, type BatchChunk } from "./batch-chunks.ts";
import { CleanedTransactions } from "./cleaned-transactions.ts";
import type { Cleanable } from "./cleanable.ts";
import { recordFlags, scanKeys } from "./key-scan.ts";
import { hashBytes, OffsetMap } from "./offset-map.ts";
import { Turns } from "../turns.ts";

/** The newest record of each key in the dirty part of a log, as far as the map's memory reached. */
export interface KeyMap {
  readonly map: OffsetMap;
  /** Records at or past it are not in the map and stay as they are. */
  readonly end: Offset;
}

/** Reads the dirty part of a log and notes the newest offset of each key. Records of aborted transactions do not count. */
export async function buildKeyMap(state: LogState, { firstDirty, end }: Cleanable, checkAbort: () => void): Promise<KeyMap> {
  const bytesMax = state.around.configuration.get("log.cleaner.dedupe.buffer.size");
  const map = new OffsetMap(bytesMax, end - firstDirty);
  const transactions = new CleanedTransactions(await abortedRanges(state, { from: firstDirty, to: end }));
  const turns = new Turns(state.around.clock);
  let mapped = firstDirty;
  const { segments } = state;
  for (let number = segments.numberOf(firstDirty); segments.at(number)!.baseOffset < end; number++) {
    const segment = segments.at(number)!;
    const from = segment.baseOffset < firstDirty ? (await boundaryAt(segment, firstDirty)).position : 0;
    for await (const chunk of batchChunks(segment, from)) {
      checkAbort();
      const reached = await noteChunk(state, chunk, { map, transactions, firstDirty, turns });
      if (reached !== undefined) mapped = reached;
      if (reached !== chunk.views.at(-1)!.nextOffset) return { map, end: Offset(mapped) };
    }
    mapped = Math.min(segments.endOf(number), end);
  }
  return { map, end: Offset(mapped) };
}

interface Noting {
  readonly map: OffsetMap;
  readonly transactions: CleanedTransactions;
  readonly firstDirty: number;
  readonly turns: Turns;
}

/** Comes back with the end of the last batch whose keys are all in the map; undefined: there was no room for the first one. */
async function noteChunk(
  state: LogState,
  { bytes, views }: BatchChunk,
  { map, transactions, firstDirty, turns }: Noting,
): Promise<number | undefined> {
  const wanted = views.filter((view) => (view.isControl ? void transactions.passMarker(view) : !transactions.passBatch(view)));
  const keys = await scanKeys(
    state.around.work,
    bytes,
    wanted.map(({ start }) => start),
  );
  let record = 0;
  for (const [number, view] of wanted.entries()) {
    for (const end = record + keys.counts[number]!; record < end; record++) {
      const isNew = (keys.flags[record]! & recordFlags.hasKey) !== 0 && keys.offsets[record]! >= firstDirty;
      if (isNew && !map.put(keys.hashes, record * hashBytes, keys.offsets[record]!)) return endBefore(views, view.start);
      const pause = turns.count();
      if (pause !== undefined) await pause;
    }
  }
  return views.at(-1)!.nextOffset;
}

/** The end of the batch before the one at a position of the chunk. */
function endBefore(views: BatchChunk["views"], start: number): number | undefined {
  return views.findLast((view) => view.start < start)?.nextOffset;
}
