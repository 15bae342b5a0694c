import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { entryKey } from "../src/keys.ts";
import { listenersOf, named, nameOf, SimulatedQuorum } from "./support/simulated-quorum.ts";

const outcome = (promise: Promise<unknown>) => promise.then(String, (error: { code: string }) => error.code);

/** Lets a node's follower be its snapshot, as of everything it has applied. */
async function takeSnapshot(quorum: SimulatedQuorum, id: number): Promise<void> {
  const { quorum: node, keeper } = quorum.life(id);
  await quorum.drive(node.snapshot(Offset(keeper.records.at(-1)!.offset), keeper.chunks()));
}

test("a follower that is far behind gets a snapshot and what follows it, also while the next snapshot is taken", async () => {
  const quorum = new SimulatedQuorum(21);
  await quorum.begin(1, 2, 3);
  const leader = await quorum.elected();
  const behind = [1, 2, 3].find((id) => quorum.life(id) !== leader)!;
  quorum.crash(behind);
  for (let count = 0; count < 30; count++) await quorum.propose(leader, `r${count}`);
  const id = quorum.idOf(leader);
  await takeSnapshot(quorum, id);
  // In a new life its memory holds no entries that the snapshot has.
  quorum.crash(id);
  await quorum.restart(id);
  const next = await quorum.elected();
  const snapshots = quorum.idOf(next);
  if (snapshots !== id) {
    await takeSnapshot(quorum, snapshots);
    quorum.crash(snapshots);
    await quorum.restart(snapshots);
  }
  const last = await quorum.elected();
  await quorum.propose(last, "after");
  const late = await quorum.restart(behind);
  await quorum.world.run(quorum.world.nowMs + 5);
  await takeSnapshot(quorum, quorum.idOf(last));
  await quorum.propose(last, "more");
  await quorum.level();
  expect(late.keeper.records.map(({ text }) => text)).toEqual([...Array.from({ length: 30 }, (_, count) => `r${count}`), "after", "more"]);
  quorum.crash(behind);
  expect((await quorum.restart(behind)).keeper.records.length).toBeGreaterThan(0);
});

test("a store that rejects a commit ends its node: nothing is acknowledged since, and the others go on", async () => {
  const quorum = new SimulatedQuorum(22);
  await quorum.begin(1, 2, 3);
  const broken = await quorum.elected();
  quorum.world.change(nameOf(quorum.idOf(broken)), { kv: { commitFailedPpm: 1_000_000 } });
  const lost = outcome(broken.quorum.propose([Buffer.from("lost?")]));
  expect(await quorum.drive(lost)).toBe("NOT_CONTROLLER");
  expect(broken.failures).toMatchObject([{ code: "DISK_FAILED" }]);
  await quorum.until(() => quorum.leader !== undefined && quorum.leader !== broken, 5000);
  await quorum.propose(quorum.leader!, "kept");
  expect(broken.quorum.role.leader).toBe(false);
});

test("a leader that finds what it stored damaged when it reads it for another ends itself, and the others go on", async () => {
  const quorum = new SimulatedQuorum(23);
  await quorum.begin(1, 2, 3);
  const first = await quorum.elected();
  const [behind, level] = [1, 2, 3].filter((id) => quorum.life(id) !== first) as [number, number];
  const id = quorum.idOf(first);
  quorum.crash(behind);
  for (let count = 0; count < 5; count++) await quorum.propose(first, `r${count}`);
  await quorum.level();
  for (const each of [id, level]) quorum.crash(each);
  const platter = quorum.world.platter(nameOf(id));
  const keys = platter.takeStoreChanges("/raft")!.changes.map(({ key }) => key);
  platter.rotStore(
    "/raft",
    keys.findIndex((key) => key.equals(entryKey(Offset(4)))),
    0,
  );
  const rotten = await quorum.restart(id);
  await quorum.restart(behind);
  await quorum.until(() => rotten.failures.length > 0, 10_000);
  expect(rotten.failures).toMatchObject([{ code: "DATA_DAMAGED" }]);
  await quorum.restart(level);
  await quorum.until(() => quorum.leader === quorum.life(level), 10_000);
  await quorum.propose(quorum.life(level), "kept");
  expect(quorum.life(behind).keeper.records.map(({ text }) => text)).toContain("r4");
});

test("a power cut of all machines at once loses nothing that was acknowledged", async () => {
  for (let seed = 30; seed < 40; seed++) {
    const quorum = new SimulatedQuorum(seed);
    await quorum.begin(1, 2, 3);
    const leader = await quorum.elected();
    const texts = ["a", "b", "c"];
    for (const text of texts) await quorum.propose(leader, text);
    void outcome(leader.quorum.propose([Buffer.from("d")]));
    for (const id of [1, 2, 3]) quorum.crash(id, "power cut");
    for (const id of [1, 2, 3]) await quorum.restart(id);
    await quorum.propose(await quorum.elected(), "e");
    await quorum.level();
    const found = quorum.life(1).keeper.records.map(({ text }) => text);
    expect(found.filter((text) => text !== "d")).toEqual([...texts, "e"]);
  }
});

test("voters that all come back at other addresses are reached where configuration names them", async () => {
  const quorum = new SimulatedQuorum(41);
  await quorum.begin(1, 2, 3);
  await quorum.propose(await quorum.elected(), "a");
  for (const id of [1, 2, 3]) quorum.crash(id);
  const port = 9290;
  const voters = [1, 2, 3].map((id) => ({ ...named(id), listeners: listenersOf(id, port) }));
  for (const id of [1, 2, 3]) await quorum.restart(id, { port, voters });
  await quorum.propose(await quorum.elected(), "b");
  await quorum.level();
  expect(quorum.life(1).keeper.records.map(({ text }) => text)).toEqual(["a", "b"]);
});
