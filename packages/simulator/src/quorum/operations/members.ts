import type { Voter } from "@millrace/raft";
import { isSameVoter, membersOf } from "@millrace/raft/testing";
import type { QuorumClient } from "../quorum-client.ts";
import type { QuorumLife, QuorumNode } from "../quorum-node.ts";

/** How long a new voter may take to catch up: now and then it is not given the time. */
const catchUpMs = [100, 3_000] as const;
/** A quorum of so many voters is not made smaller by chance, unless one of its disks is gone. */
const votersKept = 3;

/** Adds a node that takes no part. */
export async function addVoter(client: QuorumClient): Promise<void> {
  const { chance, stage } = client;
  const { leader, nodes } = stage.cluster;
  // Beside another operator who adds one, but not while one is taken out: how many must stay could not be said.
  if (leader?.life === undefined || stage.cluster.removing > 0) return;
  const taken = membersOf(leader.life.state.sets.current);
  const free = nodes.filter(({ id, isRotten }) => !isRotten && !taken.some(({ nodeId }) => nodeId === id));
  const learning = leader.life.state.sets.current.learners;
  const candidates = [...free.map(({ voter }) => voter), ...learning];
  if (candidates.length === 0) return;
  const voter = chance.pick(candidates);
  const timeoutMs = chance.pick(catchUpMs);
  await changing(client, "add voter", leader, ({ quorum }) => quorum.addVoter(voter, { timeoutMs }));
}

/** Takes a node out: first of all one whose disk is gone. What is left must be able to decide. */
export async function removeVoter(client: QuorumClient): Promise<void> {
  const { cluster } = client.stage;
  const { leader } = cluster;
  if (leader?.life === undefined || cluster.changing > 0) return;
  const voter = drawLeaving(client, leader.life);
  if (voter === undefined) return;
  cluster.removing++;
  await changing(client, "remove voter", leader, ({ quorum }) => quorum.removeVoter(voter)).finally(() => cluster.removing--);
}

/** Hands the lead over to any voter, itself included. */
export async function transferLead(client: QuorumClient): Promise<void> {
  const { leader } = client.stage.cluster;
  if (leader?.life === undefined) return;
  const voter = client.chance.pick(leader.life.state.sets.current.voters);
  await client.ask("transfer lead", leader, ({ quorum }) => quorum.transfer(voter));
}

function drawLeaving({ stage, chance }: QuorumClient, { state }: QuorumLife): Voter | undefined {
  const { cluster } = stage;
  const { current } = state.sets;
  const gone = membersOf(current).find((member) => cluster.intact(member) === undefined);
  if (gone !== undefined) return gone;
  if (current.voters.length <= votersKept && !chance.hits(100_000)) return undefined;
  const leaving = chance.pick(membersOf(current));
  const isLast = current.voters.length === 1 && isSameVoter(current.voters[0]!, leaving);
  return !isLast && cluster.canDoWithout([leaving]) ? leaving : undefined;
}

async function changing(
  client: QuorumClient,
  operation: string,
  node: QuorumNode,
  act: (life: QuorumLife) => Promise<void>,
): Promise<void> {
  const { cluster } = client.stage;
  cluster.changing++;
  try {
    await client.ask(operation, node, act);
  } finally {
    cluster.changing--;
  }
}
