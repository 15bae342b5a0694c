import type { MemberDescription, Quorum, QuorumDescription } from "@millrace/raft";
import type { Clock } from "@millrace/runtime";

/** The next one stands and wins within some syncs; whoever has not by then leaves the others an election, as a crash does. */
const handOverMs = 500;

/**
 * Hands the lead of the quorum over before this node ends, to the voter that has the most of the log, and resolves when another one leads,
 * or none does in time. Nothing happens where this node does not lead.
 */
export async function handLeadOver(quorum: Quorum, clock: Clock): Promise<void> {
  const to = quorum.role.leader ? successorIn(quorum.describe()) : undefined;
  if (to === undefined) return;
  await new Promise<void>((resolve) => {
    const timer = clock.timer(handOverMs, () => end());
    // This node's vote may be the one that counts, so that it stays until somebody has won.
    const forget = quorum.watchLeader((leader) => {
      if (leader !== undefined) end();
    });
    const end = () => {
      timer.cancel();
      forget();
      resolve();
    };
    quorum.transfer(to).catch(end);
  });
}

/** Undefined: none of the others has been heard. */
function successorIn({ leader, voters }: QuorumDescription): MemberDescription | undefined {
  const heard = voters.filter(({ nodeId, lastFetchMs }) => nodeId !== leader?.nodeId && lastFetchMs !== undefined);
  return heard.reduce<MemberDescription | undefined>(
    (best, voter) => (best === undefined || isAhead(voter, best) ? voter : best),
    undefined,
  );
}

function isAhead(a: MemberDescription, b: MemberDescription): boolean {
  const [endA, endB] = [a.logEnd ?? 0, b.logEnd ?? 0];
  return endA === endB ? (a.lastFetchMs ?? 0) > (b.lastFetchMs ?? 0) : endA > endB;
}
