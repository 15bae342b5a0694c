import { expect, test } from "vitest";
import { nameOf, SimulatedQuorum } from "./support/simulated-quorum.ts";

const outcome = (promise: Promise<unknown>) => promise.then(String, (error: { code: string }) => error.code);

test.each([3, 5])("%i voters elect a leader as soon as they reach each other, and all apply what it commits", async (size) => {
  const quorum = new SimulatedQuorum(1);
  const ids = Array.from({ length: size }, (_, index) => index + 1);
  await quorum.begin(...ids);
  expect(await quorum.until(() => quorum.leader !== undefined, 1000)).toBeLessThan(150);
  await quorum.propose(quorum.leader!, "a", "b");
  await quorum.propose(quorum.leader!, "c");
  await quorum.level();
  expect(quorum.life(size).keeper.records.map(({ text }) => text)).toEqual(["a", "b", "c"]);
});

test("when the leader is killed another one leads within a quarter of a second, whichever seed", async () => {
  const tookMs: number[] = [];
  for (let seed = 0; seed < 20; seed++) {
    const quorum = new SimulatedQuorum(seed);
    await quorum.begin(1, 2, 3);
    const leader = await quorum.elected();
    await quorum.propose(leader, "a");
    quorum.crash(quorum.idOf(leader));
    tookMs.push(await quorum.until(() => quorum.leader !== undefined, 5000));
    await quorum.propose(quorum.leader!, "b");
  }
  expect(tookMs.sort((a, b) => a - b)[10]).toBeLessThan(100);
  expect(tookMs.at(-1)).toBeLessThan(250);
});

test("when the leader falls silent another one leads after the silence, and little more", async () => {
  const quorum = new SimulatedQuorum(3);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  await quorum.propose(leader, "a");
  quorum.crash(quorum.idOf(leader), "power cut");
  const tookMs = await quorum.until(() => quorum.leader !== undefined, 10_000);
  expect(tookMs).toBeGreaterThan(1200);
  expect(tookMs).toBeLessThan(3500);
});

test("a leader that is cut off steps down, its proposals end with NOT_CONTROLLER, and nobody applies them", async () => {
  const quorum = new SimulatedQuorum(4);
  await quorum.begin(1, 2, 3);
  const old = await quorum.elected();
  const id = quorum.idOf(old);
  const others = [1, 2, 3].filter((other) => other !== id).map(nameOf);
  quorum.world.partition([nameOf(id)], others);
  const lost = outcome(old.quorum.propose([Buffer.from("lost")]));
  expect(await quorum.until(() => !old.quorum.role.leader, 5000)).toBeLessThan(2000);
  expect(await quorum.drive(lost)).toBe("NOT_CONTROLLER");
  const next = await quorum.elected();
  await quorum.propose(next, "kept");
  quorum.world.reunite([nameOf(id)], others);
  await quorum.level();
  expect(old.keeper.records.map(({ text }) => text)).toEqual(["kept"]);
  expect(old.quorum.leader).toMatchObject({ nodeId: quorum.idOf(next) });
});

test("everybody knows who leads, and is told when that changes", async () => {
  const quorum = new SimulatedQuorum(5);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  const other = [...quorum.lives.values()].find((life) => life !== leader)!;
  await quorum.until(() => other.quorum.leader !== undefined, 1000);
  const seen: (number | undefined)[] = [];
  other.quorum.watchLeader((now) => seen.push(now?.nodeId));
  quorum.crash(quorum.idOf(leader));
  const next = await quorum.elected();
  await quorum.until(() => other.quorum.leader !== undefined, 1000);
  expect([seen[0], seen.at(-1)]).toEqual([undefined, quorum.idOf(next)]);
});

test("a lead is handed over at once, and proposals that wait meanwhile are not lost without a word", async () => {
  const quorum = new SimulatedQuorum(6);
  await quorum.begin(1, 2, 3);
  const old = await quorum.elected();
  const to = [1, 2, 3].find((id) => id !== quorum.idOf(old))!;
  const handedOver = outcome(old.quorum.transfer(quorum.voter(to)));
  const waiting = outcome(old.quorum.propose([Buffer.from("late")]));
  expect(await quorum.drive(handedOver)).toBe("undefined");
  expect(await quorum.drive(waiting)).toBe("NOT_CONTROLLER");
  expect(await quorum.until(() => quorum.life(to).quorum.role.leader, 1000)).toBeLessThan(100);
});

test("a lead that nobody takes over stays, and what waited is committed", async () => {
  const quorum = new SimulatedQuorum(7);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  const to = [1, 2, 3].find((id) => id !== quorum.idOf(leader))!;
  quorum.crash(to, "power cut");
  await quorum.propose(leader, "a");
  const handedOver = outcome(leader.quorum.transfer(quorum.voter(to)));
  const next = leader.quorum.nextOffset;
  const waiting = leader.quorum.propose([Buffer.from("b")]);
  expect(leader.quorum.nextOffset).toBe(next + 1);
  expect(await quorum.drive(handedOver)).toBe("REQUEST_TIMED_OUT");
  expect(await quorum.drive(waiting)).toBe(next);
});
