import type { QuorumDescription, QuorumMember } from "@millrace/client";
import { printAddress } from "@millrace/vocabulary";

/** The controllers, as there is to say about them in one screen. */
export interface QuorumState {
  readonly leader: number;
  readonly term: number;
  /** Records of the metadata that are committed. */
  readonly committedEnd: number;
  readonly members: readonly MemberState[];
}

export interface MemberState {
  readonly id: number;
  readonly directoryId: string;
  /** Undefined: it reaches the others. */
  readonly address: string | undefined;
  readonly role: "leader" | "voter" | "observer";
  /** Records that it lacks. Undefined: the leader has not heard from it. */
  readonly lag: number | undefined;
  /** How long ago it had all that the leader had; 0 for the leader. */
  readonly caughtUpAgoMs: number | undefined;
}

export function quorumState(description: QuorumDescription): QuorumState {
  const { leader, term, committedEnd, voters, observers } = description;
  const first = voters.find(({ id }) => id === leader);
  const stateOf = (role: "voter" | "observer") => (member: QuorumMember) =>
    memberState(member, member.id === leader ? "leader" : role, first);
  return { leader, term, committedEnd, members: [...voters.map(stateOf("voter")), ...observers.map(stateOf("observer"))] };
}

/** Times are the leader's, so that clocks need not agree. */
function memberState(
  { id, directoryId, address, logEnd, lastCaughtUpMs }: QuorumMember,
  role: MemberState["role"],
  leader: QuorumMember | undefined,
): MemberState {
  const nowMs = leader?.lastCaughtUpMs;
  return {
    id,
    directoryId,
    address: address && printAddress(address),
    role,
    lag: logEnd === undefined || leader?.logEnd === undefined ? undefined : Math.max(0, leader.logEnd - logEnd),
    caughtUpAgoMs: lastCaughtUpMs === undefined || nowMs === undefined ? undefined : Math.max(0, nowMs - lastCaughtUpMs),
  };
}
