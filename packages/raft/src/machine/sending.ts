import { bytesOfEntry, endOf } from "../entry.ts";
import { appendBytesMax, type Progress } from "./progress.ts";
import { sendSnapshot } from "./snapshot-sending.ts";
import { type RaftState, send } from "./state.ts";

/** Sends every follower what its window takes. */
export function replicateAll(state: RaftState): void {
  for (const progress of state.leadership!.progress.values()) replicate(state, progress);
}

export function replicate(state: RaftState, progress: Progress): void {
  if (progress.mode === "probe" && !progress.isAsked) sendEntries(state, progress);
  while (progress.mode === "replicate" && progress.hasRoom && progress.next < state.log.end) sendEntries(state, progress);
}

/** What comes next for this follower; a snapshot, where the log does not reach back so far. */
function sendEntries(state: RaftState, progress: Progress): void {
  const { log, committedEnd } = state;
  const prevTerm = log.termAt(progress.next);
  if (prevTerm === undefined) return sendSnapshot(state, progress);
  const prevEnd = progress.next;
  const entries = log.read(prevEnd, appendBytesMax);
  send(state, progress.id, { type: "append", prevEnd, prevTerm, entries, committedEnd });
  const last = entries.at(-1);
  if (progress.mode === "probe") progress.isAsked = true;
  else if (last !== undefined) {
    const bytes = entries.reduce((sum, entry) => sum + bytesOfEntry(entry), 0);
    progress.sent(endOf(last), bytes);
  }
}

/** Sends a message without entries, to be told whether what was sent before has come. */
export function askWhereItStands(state: RaftState, { id, next }: Progress): void {
  const prevTerm = state.log.termAt(next);
  if (prevTerm === undefined) return;
  send(state, id, { type: "append", prevEnd: next, prevTerm, entries: [], committedEnd: state.committedEnd });
}
