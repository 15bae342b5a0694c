import type { Clock } from "@millrace/runtime";
import type { Progress } from "./machine/progress.ts";
import type { RaftState } from "./machine/state.ts";
import type { MemberDescription, QuorumDescription, QuorumLeader } from "./quorum.ts";
import { isSameVoter, type Voter, voterKey } from "./voters.ts";

/** What this node knows of the quorum now. */
export function describeQuorum(state: RaftState, leader: QuorumLeader | undefined, clock: Clock): QuorumDescription {
  const { sets, term, committedEnd } = state;
  const nowMs = clock.monotonicMs();
  const wallMsOf = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(clock.wallMs() - (nowMs - ms)));
  const describe = (member: Voter) => describeMember(state, member, wallMsOf);
  return { leader, term, committedEnd, voters: sets.current.voters.map(describe), observers: sets.current.learners.map(describe) };
}

function describeMember(state: RaftState, member: Voter, wallMsOf: (ms: number | undefined) => number | undefined): MemberDescription {
  if (isSameVoter(member, state.self)) return { ...member, logEnd: state.log.storedEnd, ...ownTimes(state, wallMsOf) };
  const progress: Progress | undefined = state.leadership?.progress.get(voterKey(member));
  return {
    ...member,
    logEnd: progress?.match,
    lastFetchMs: wallMsOf(progress?.heardMs),
    lastCaughtUpMs: wallMsOf(progress?.caughtUpMs),
  };
}

/** A leader is always caught up with itself. */
function ownTimes(state: RaftState, wallMsOf: (ms: number | undefined) => number | undefined) {
  const nowMs = state.leadership === undefined ? undefined : wallMsOf(state.nowMs);
  return { lastFetchMs: nowMs, lastCaughtUpMs: nowMs };
}
