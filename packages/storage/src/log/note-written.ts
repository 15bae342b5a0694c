import { encodeProducers, momentOf } from "../producers/snapshot.ts";
import { Turns } from "../turns.ts";
import type { LogState } from "./log-state.ts";
import type { Writer } from "./writer.ts";

/**
 * Moves the written point up to what has been appended when it is called: waits until that is written, writes the index entries,
 * and notes it. Nothing is synced. Called by whoever holds the structure of the log, or shares it. A cut on the way ends it without a result.
 */
export async function noteWritten(state: LogState, writer: Writer): Promise<void> {
  const { generation, placedBytes, segments } = state;
  const at = state.bookmark();
  const epochs = [...state.epochs.starts];
  const producers = momentOf(state.producers);
  const isOver = () => generation !== state.generation;
  if (!(await writer.written(at.offset)) || isOver()) return;
  const last = segments.numberOf(at.baseOffset);
  for (let number = segments.numberOf(state.recovery.baseOffset); number < last; number++) {
    const segment = segments.at(number)!;
    await segment.writeIndexes(segment.progress(), { sync: false });
  }
  await segments.at(last)!.writeIndexes(at.progress, { sync: false });
  const encoded = await encodeProducers(producers, new Turns(state.around.clock));
  if (isOver()) return;
  await state.writtenPoint.write({ at, epochs, producers: encoded });
  state.notedBytes = placedBytes;
  state.notedPointBytes = encoded.length;
}
