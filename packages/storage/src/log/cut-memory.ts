import type { Offset } from "@millrace/vocabulary";
import type { SharedMutex } from "../shared-mutex.ts";
import type { LogState } from "./log-state.ts";
import type { Writer } from "./writer.ts";

/** What a cut has to do with beside the state. */
export interface CutterParts {
  readonly writer: Writer;
  /** Held by whoever changes the segments. */
  readonly structure: SharedMutex;
  /** What readers remember of places in segments is void. */
  readonly forgetPlaces: () => void;
}

/** Takes back everything that memory knows of what lies at or past `end`. */
export function cutMemory(state: LogState, { forgetPlaces }: CutterParts, end: Offset): void {
  state.generation++;
  state.nextOffset = end;
  if (state.logEnd > end) state.logEnd = end;
  if (state.syncedEnd > end) state.syncedEnd = end;
  if ((state.damagedFrom ?? -1) >= end) state.damagedFrom = undefined;
  state.tail.cutTo(end);
  state.epochs.cutTo(end);
  forgetPlaces();
}
