import type { Uuid } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { named, nameOf, SimulatedQuorum } from "./support/simulated-quorum.ts";

const outcome = (promise: Promise<unknown>) => promise.then(String, (error: { code: string }) => error.code);
const other = "b3RoZXItb3RoZXItb3RoZQ" as Uuid;

test("members come and go online, 3 to 4 to 5 to 3, while proposals go on", async () => {
  const quorum = new SimulatedQuorum(11);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  let proposed = 0;
  const proposing = { goesOn: true };
  const load = (async () => {
    while (proposing.goesOn) await leader.quorum.propose([Buffer.from(`r${proposed++}`)]);
  })();
  for (const id of [4, 5]) {
    await quorum.format(id, []);
    await quorum.open(id);
    await quorum.drive(leader.quorum.addVoter(quorum.voter(id), { timeoutMs: 10_000 }));
  }
  expect(leader.quorum.describe().voters.map(({ nodeId }) => nodeId)).toEqual([1, 2, 3, 4, 5]);
  const leaving = [2, 3, 1].filter((id) => quorum.life(id) !== leader).slice(0, 2);
  for (const id of leaving) {
    await quorum.drive(leader.quorum.removeVoter(quorum.voter(id)));
    quorum.crash(id);
  }
  proposing.goesOn = false;
  await quorum.drive(load);
  await quorum.level();
  expect(quorum.life(5).keeper.records).toHaveLength(proposed);
  expect(proposed).toBeGreaterThan(5);
  const { voters, observers } = leader.quorum.describe();
  expect([voters.length, observers]).toEqual([3, []]);
});

test("one voter grows to three, and then bears the loss of the first", async () => {
  const quorum = new SimulatedQuorum(12);
  await quorum.begin(1);
  const first = quorum.life(1);
  await quorum.propose(first, "a");
  for (const id of [2, 3]) {
    await quorum.format(id, []);
    await quorum.open(id);
    await quorum.drive(first.quorum.addVoter(quorum.voter(id), { timeoutMs: 10_000 }));
  }
  quorum.crash(1);
  await quorum.propose(await quorum.elected(), "b");
  await quorum.level();
  expect(quorum.life(3).keeper.records.map(({ text }) => text)).toEqual(["a", "b"]);
});

test("a node that cannot be reached is not promoted, and learns on when it comes", async () => {
  const quorum = new SimulatedQuorum(13);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  const adding = outcome(leader.quorum.addVoter(quorum.voter(4), { timeoutMs: 1000 }));
  expect(await quorum.drive(adding)).toBe("REQUEST_TIMED_OUT");
  expect(leader.quorum.describe().observers.map(({ nodeId }) => nodeId)).toEqual([4]);
  await quorum.format(4, []);
  await quorum.open(4);
  await quorum.drive(leader.quorum.addVoter(quorum.voter(4), { timeoutMs: 10_000 }));
  expect(leader.quorum.describe().voters).toHaveLength(4);
});

test("a leader describes how far everybody is, and when they were heard", async () => {
  const quorum = new SimulatedQuorum(14);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  await quorum.propose(leader, "a");
  await quorum.world.run(quorum.world.nowMs + 1000);
  const lost = [1, 2, 3].find((id) => quorum.life(id) !== leader)!;
  quorum.crash(lost);
  await quorum.propose(leader, "b");
  await quorum.world.run(quorum.world.nowMs + 1000);
  const { voters, committedEnd, leader: who } = leader.quorum.describe();
  expect(who).toMatchObject({ nodeId: quorum.idOf(leader), term: leader.quorum.role.term });
  for (const { nodeId, logEnd, lastFetchMs, lastCaughtUpMs } of voters) {
    const isLost = nodeId === lost;
    expect(logEnd).toBe(isLost ? committedEnd - 1 : committedEnd);
    expect(voters.find((voter) => voter.nodeId === who!.nodeId)!.lastFetchMs! - lastFetchMs! > 500).toBe(isLost);
    expect(lastCaughtUpMs).toBeLessThanOrEqual(lastFetchMs!);
  }
});

test("nodes of a list form a quorum when every one has said that it is empty, and not before", async () => {
  const quorum = new SimulatedQuorum(15);
  const voters = [1, 2, 3].map(named);
  for (const id of [1, 2, 3]) await quorum.format(id, []);
  for (const id of [1, 2]) await quorum.open(id, { voters });
  await quorum.world.run(quorum.world.nowMs + 20_000);
  expect([quorum.leader, quorum.life(1).quorum.describe().voters]).toEqual([undefined, []]);
  await quorum.open(3, { voters });
  await quorum.propose(await quorum.elected(), "a");
  await quorum.level();
  for (const { quorum: one } of quorum.lives.values()) expect(one.describe().voters.map(({ nodeId }) => nodeId)).toEqual([1, 2, 3]);
});

test("nodes of versions that begin with different levels form no quorum, and say so once; who is asked says which it knows", async () => {
  const quorum = new SimulatedQuorum(18);
  const voters = [1, 2, 3].map(named);
  const older = { min: 1, max: 1 };
  for (const id of [1, 2, 3]) await quorum.format(id, []);
  for (const id of [1, 2]) await quorum.open(id, { voters, levels: older });
  await quorum.open(3, { voters, levels: { min: 1, max: 2 } });
  await quorum.world.run(quorum.world.nowMs + 10_000);
  expect([1, 2, 3].map((id) => quorum.life(id).quorum.describe().voters)).toEqual([[], [], []]);
  const warnings = quorum.logged.filter(({ phrase }) => phrase.startsWith("controller of another version"));
  expect(warnings).toHaveLength(4);
  const answer = await quorum.drive(quorum.life(3).quorum.identify(named(1)));
  expect(answer).toEqual({ id: { nodeId: 1, directoryId: quorum.voter(1).directoryId }, isEmpty: true, levels: older });
});

test("a node whose disk was wiped waits, and is a new one that must be added", async () => {
  const quorum = new SimulatedQuorum(16);
  const voters = [1, 2, 3].map(named);
  for (const id of [1, 2, 3]) await quorum.format(id, []);
  for (const id of [1, 2, 3]) await quorum.open(id, { voters });
  const leader = await quorum.elected();
  await quorum.propose(leader, "a");
  const wiped = [1, 2, 3].find((id) => quorum.life(id) !== leader)!;
  const before = quorum.voter(wiped);
  quorum.crash(wiped);
  await quorum.drive(quorum.world.restart(`n${wiped}`).disk.remove("/raft"));
  quorum.wipe(wiped, 2);
  await quorum.format(wiped, []);
  const empty = await quorum.open(wiped, { voters });
  await quorum.world.run(quorum.world.nowMs + 20_000);
  expect([empty.quorum.describe().voters, empty.keeper.records]).toEqual([[], []]);
  const adding = outcome(leader.quorum.addVoter(quorum.voter(wiped), { timeoutMs: 1000 }));
  expect(await quorum.drive(adding)).toBe("DUPLICATE_VOTER");
  await quorum.drive(leader.quorum.removeVoter(before));
  await quorum.drive(leader.quorum.addVoter(quorum.voter(wiped), { timeoutMs: 10_000 }));
  await quorum.level();
  expect(empty.keeper.records.map(({ text }) => text)).toEqual(["a"]);
});

test("a node of another cluster is refused, and says so once", async () => {
  const quorum = new SimulatedQuorum(17);
  for (const id of [1, 2]) await quorum.format(id, [1, 2, 3]);
  await quorum.format(3, [1, 2, 3], { clusterId: other });
  for (const id of [1, 2]) await quorum.open(id);
  await quorum.open(3, { clusterId: other });
  await quorum.propose(await quorum.elected(), "a");
  await quorum.world.run(quorum.world.nowMs + 10_000);
  expect(quorum.life(3).keeper.records).toEqual([]);
  const refusals = quorum.logged.filter(({ phrase }) => phrase === "controller refused");
  expect(new Set(refusals.map(({ fields }) => fields["code"]))).toEqual(new Set(["INCONSISTENT_CLUSTER_ID"]));
  expect(refusals.length).toBeLessThanOrEqual(4);
});

test("what waited for a hand-over that failed is refused where the leader is given up in the same moment", async () => {
  const quorum = new SimulatedQuorum(18);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  const name = nameOf(quorum.idOf(leader));
  const others = [1, 2, 3].map(nameOf).filter((each) => each !== name);
  quorum.world.partition([name], others);
  const next = quorum.voter([1, 2, 3].find((id) => quorum.life(id) !== leader)!);
  const handedOver = outcome(leader.quorum.transfer(next));
  const held = outcome(leader.quorum.propose([Buffer.from("a")]));
  // It hears of both at once: that nobody took over, and that nobody has answered for too long.
  quorum.world.pause(name);
  await quorum.world.run(quorum.world.nowMs + 5000);
  quorum.world.resume(name);
  expect(await quorum.drive(held)).toBe("NOT_CONTROLLER");
  expect(await quorum.drive(handedOver)).toBe("REQUEST_TIMED_OUT");
  quorum.world.reunite([name], others);
  await quorum.propose(await quorum.elected(), "b");
});
