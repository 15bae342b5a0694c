import { assert, type Offset } from "@millrace/vocabulary";
import { voterKey } from "../voters.ts";
import { advance } from "./commit.ts";
import type { MessageBody, RaftMessage } from "./messages.ts";
import { confirmReads } from "./reads.ts";
import type { Progress } from "./progress.ts";
import { askWhereItStands, replicate } from "./sending.ts";
import { continueSnapshot, sendSnapshot } from "./snapshot-sending.ts";
import type { RaftState } from "./state.ts";
import { continueTransfer } from "./transfer.ts";

type Answer<Type extends MessageBody["type"]> = RaftMessage & Extract<MessageBody, { type: Type }>;

/** Whose answer it is, which shows that the follower lives; undefined for one that is not followed any more. */
function progressOf(state: RaftState, { from }: RaftMessage): Progress | undefined {
  const progress = state.leadership?.progress.get(voterKey(from));
  if (progress !== undefined) progress.heardMs = state.nowMs;
  return progress;
}

export function appended(state: RaftState, message: Answer<"appended">): void {
  const progress = progressOf(state, message);
  if (progress === undefined) return;
  assert(message.matchedEnd <= state.log.end, "a follower matches what was sent", {
    matchedEnd: message.matchedEnd,
    logEnd: state.log.end,
  });
  progress.stored(message.storedEnd);
  if (progress.mode === "probe" || (progress.mode === "snapshot" && progress.match >= state.log.start))
    progress.replicate(message.matchedEnd);
  else if (progress.mode === "replicate" && message.matchedEnd > progress.next) progress.next = message.matchedEnd;
  noteCaughtUp(state, progress);
  advance(state);
  if (state.leadership === undefined) return;
  continueTransfer(state);
  replicate(state, progress);
}

/** The logs part somewhere before: the search goes on from where they may agree, one term further back at least each time. */
export function refused(state: RaftState, message: Answer<"refused">): void {
  const progress = progressOf(state, message);
  if (progress === undefined || isStale(progress, message.prevEnd)) return;
  const { hintTerm, hintEnd } = message;
  const own = state.log.endOfTerm(hintTerm);
  if (own === undefined) return sendSnapshot(state, progress);
  progress.probe(own.term === hintTerm && hintEnd < own.end ? hintEnd : own.end);
  replicate(state, progress);
}

/** Refusals of messages that were overtaken by what is known since say nothing. */
function isStale({ mode, next, match }: Progress, prevEnd: Offset): boolean {
  return mode === "snapshot" || prevEnd <= match || (mode === "probe" && prevEnd !== next);
}

/** A follower has heard this leader. Where something is missing there, what was sent may be lost: it is asked. */
export function heard(state: RaftState, message: Answer<"heard">): void {
  const progress = progressOf(state, message);
  if (progress === undefined) return;
  progress.round = Math.max(progress.round, message.round);
  noteCaughtUp(state, progress);
  confirmReads(state);
  if (progress.match >= state.log.end) return;
  progress.isAsked = false;
  if (progress.mode === "snapshot") continueSnapshot(state, progress);
  else if (progress.mode === "replicate" && (progress.next === state.log.end || !progress.hasRoom)) askWhereItStands(state, progress);
  replicate(state, progress);
}

/** As in Kafka: a follower that has what the leader had at some moment is caught up with that moment. */
function noteCaughtUp(state: RaftState, progress: Progress): void {
  const { target, match } = progress;
  if (match < target.end) return;
  progress.caughtUpMs = match >= state.log.end ? state.nowMs : Math.max(progress.caughtUpMs ?? 0, target.atMs);
  if (state.sets.current.learners.some((learner) => voterKey(learner) === progress.key))
    state.effects.push({ type: "caughtUp", learner: progress.id });
}

/** A chunk of a snapshot is durable there. */
export function chunkAnswered(state: RaftState, message: Answer<"chunkStored">): void {
  const progress = progressOf(state, message);
  if (progress?.chunk === undefined || progress.chunk.offset !== message.offset) return;
  progress.chunk.index = message.next;
  sendSnapshot(state, progress);
}
