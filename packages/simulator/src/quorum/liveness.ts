import { isSameVoter, majorityOf } from "@millrace/raft/testing";
import { MillraceError } from "@millrace/vocabulary";
import { healNetwork, healWays } from "../healing.ts";
import { holds } from "../violation.ts";
import { ask, Unanswered } from "./asking.ts";
import { recordOf } from "./keeper.ts";
import type { QuorumLife, QuorumNode } from "./quorum-node.ts";
import type { QuorumStage } from "./stage.ts";

/** Once a core is healed it has a leader after so long: restarts, and the back-off of elections that were lost. */
const leaderWithinMs = 30_000;
/** And it answers whatever it is asked after so long. */
const answersWithinMs = 30_000;
const answerTimeoutMs = 5_000;
/** A leader that a majority hears is left alone for so long: ten times the longest silence that nobody minds. */
const calmMs = 30_000;

/**
 * The end of a run: a core, a random majority of every set of voters that may be in force, heals; all others stay cut off for ever. The
 * core must elect a leader, take what it is asked to and answer, and all of it must come to the same state.
 */
export async function converge(stage: QuorumStage): Promise<void> {
  const { cluster, run } = stage;
  heal(stage);
  const core = drawCore(stage);
  // An operator has lost too much in between two crashes: nobody can decide any more.
  if (core === undefined) return run.marks.hit("no core is left");
  const others = cluster.nodes.filter((node) => !core.includes(node)).map(({ name }) => name);
  run.world.partition(
    core.map(({ name }) => name),
    others,
  );
  const leads = () => core.some(({ life }) => life?.quorum.role.leader === true);
  await stage.run.until(leads, leaderWithinMs, "L1");
  for (const key of stage.registers.keys()) await probe(stage, core, key);
  const isLevel = () => core.every((node) => !takesPart(node, core) || (node.life?.keeper.end ?? 0) >= stage.commits.foldedEnd);
  await stage.run.until(isLevel, answersWithinMs, "L3");
  await keepsItsLeader(stage, core, others);
}

/** All others reach the core again, but for its leader, whom they do not hear: that is no reason for another one (KIP-996). */
async function keepsItsLeader(stage: QuorumStage, core: readonly QuorumNode[], others: readonly string[]): Promise<void> {
  const { world } = stage.run;
  const leader = core.find(({ life }) => life?.quorum.role.leader === true);
  const term = leader?.life?.state.term ?? 0;
  // Whoever was cut off in the middle of an election has begun a later term, and brings it with him.
  if (stage.cluster.nodes.some(({ life }) => life !== undefined && life.state.term > term)) return;
  world.reunite(
    core.filter((node) => node !== leader).map(({ name }) => name),
    others,
  );
  await world.run(world.nowMs + calmMs);
  const now = leader?.life?.state;
  holds(now?.role === "leader" && now.term === term, "L4", { leader: leader?.name, term, role: now?.role, termNow: now?.term });
}

/** Whether a node is one of the voters, as the leader knows them: those that were taken out are told nothing any more. */
function takesPart({ voter }: QuorumNode, core: readonly QuorumNode[]): boolean {
  const leader = core.find(({ life }) => life?.quorum.role.leader === true);
  return leader?.life?.state.sets.current.voters.some((each) => isSameVoter(each, voter)) !== false;
}

/** Takes back everything that lasts: stores, clocks and the network are as on a quiet day. */
function heal({ run: { world }, cluster: { nodes } }: QuorumStage): void {
  const names = nodes.map(({ name }) => name);
  for (const name of names) {
    world.change(name, { kv: { commitUs: [500, 3_000], commitFailedPpm: 0 } });
    world.resume(name);
  }
  healWays(world, names);
  healNetwork(world);
}

/** A random majority of each set that may be in force; undefined where too many disks are gone. */
function drawCore({ cluster, chanceOf }: QuorumStage): QuorumNode[] | undefined {
  const chance = chanceOf("core");
  const core = new Set<QuorumNode>();
  for (const { voters } of cluster.setsInForce) {
    const intact = voters.flatMap((voter) => cluster.intact(voter) ?? []);
    const left = intact.filter((node) => !core.has(node));
    let missing = majorityOf(voters.length) - (intact.length - left.length);
    if (missing > left.length) return undefined;
    for (; missing > 0; missing--) core.add(left.splice(chance.below(left.length), 1)[0]!);
  }
  return [...core];
}

/** Writes and reads a key, as often as it takes. */
async function probe(stage: QuorumStage, core: readonly QuorumNode[], key: string): Promise<void> {
  const register = stage.registers.get(key)!;
  const value = stage.nextValue();
  const written = register.write(value);
  const offset = await answered(stage, core, ({ quorum }) => quorum.propose([recordOf(key, value, 0)]));
  stage.commits.acknowledged(offset, [`${key}=${value}`]);
  written();
  const read = register.read();
  const found = await answered(stage, core, async ({ quorum, keeper }) => {
    await quorum.read();
    return { value: keeper.value(key) };
  });
  read(found.value);
}

/** What the leader of the core answers, whoever that is by then. */
async function answered<Answer>(
  stage: QuorumStage,
  core: readonly QuorumNode[],
  act: (life: QuorumLife) => Promise<Answer>,
): Promise<Answer> {
  let found: { readonly answer: Answer } | undefined;
  let isAsking = false;
  const look = () => {
    const leader = core.find(({ life }) => life?.quorum.role.leader === true);
    if (found !== undefined || isAsking || leader === undefined) return found !== undefined;
    isAsking = true;
    ask(stage, leader, act, answerTimeoutMs)
      .then((answer) => (found = { answer }))
      .catch((error: unknown) => isExpected(error) || stage.run.fail(error))
      .finally(() => (isAsking = false));
    return false;
  };
  await stage.run.until(look, answersWithinMs, "L2");
  return found!.answer;
}

function isExpected(error: unknown): boolean {
  return error instanceof Unanswered || error instanceof MillraceError;
}
