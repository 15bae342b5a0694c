import type { Progress } from "./progress.ts";
import { type RaftState, send } from "./state.ts";
import { chunkAgainMs } from "./timing.ts";

/** Sends the next chunk to a follower that needs what is not in the log any more; the first one, where there is a newer snapshot. */
export function sendSnapshot(state: RaftState, progress: Progress): void {
  const { snapshot, nowMs } = state;
  if (progress.chunk?.offset !== snapshot.offset) progress.snapshot(snapshot.offset, nowMs);
  const chunk = progress.chunk!;
  chunk.sentMs = nowMs;
  send(state, progress.id, { type: "chunk", snapshot, index: chunk.index, bytes: undefined });
}

/** Sends a chunk again that may be lost. */
export function continueSnapshot(state: RaftState, progress: Progress): void {
  if (state.nowMs - (progress.chunk?.sentMs ?? 0) >= chunkAgainMs) sendSnapshot(state, progress);
}
