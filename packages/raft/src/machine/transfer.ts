import { assert } from "@millrace/vocabulary";
import { isSameVoter, voterKey, type VoterId } from "../voters.ts";
import { isVoter, leads, type RaftState, send } from "./state.ts";
import { transferMs } from "./timing.ts";

/** Hands the term over: nothing is proposed any more, the other side gets all there is, and then stands at once. */
export function transfer(state: RaftState, to: VoterId): void {
  assert(leads(state) && isVoter(state, to) && !isSameVoter(to, state.self), "a leader hands over to another voter", { to });
  state.leadership!.transfer = { to, untilMs: state.nowMs + transferMs, isAsked: false };
  continueTransfer(state);
}

/** Asks the other side to stand, once it has everything. */
export function continueTransfer(state: RaftState): void {
  const { transfer: under, progress } = state.leadership!;
  if (under === undefined || under.isAsked) return;
  if ((progress.get(voterKey(under.to))?.match ?? 0) < state.log.end) return;
  under.isAsked = true;
  send(state, under.to, { type: "campaignNow" });
}

/** The other side did not take over: this leader goes on. */
export function expireTransfer(state: RaftState): void {
  const leadership = state.leadership!;
  if (leadership.transfer === undefined || state.nowMs < leadership.transfer.untilMs) return;
  leadership.transfer = undefined;
  state.effects.push({ type: "transferFailed" });
}
