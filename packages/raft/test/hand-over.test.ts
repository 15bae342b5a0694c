import type { Clock } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { openQuorum, proposalBytesMax, snapshotChunkBytesMax } from "../src/index.ts";
import { clock, clusterId, self, settle, silent } from "./support/quorum-story.ts";
import { formatted, Keeper, leading } from "./support/voter.ts";

/** A clock that counts its turns. */
function counting(): { clock: Clock; turns: () => number } {
  let turns = 0;
  const afterTurn = (callback: () => void) => clock.afterTurn(() => void (turns++, callback()));
  return { clock: { ...clock, afterTurn }, turns: () => turns };
}

test("a long log is handed over five hundred records a turn", async () => {
  const kv = await formatted();
  const { quorum } = await leading(kv);
  const records = Array.from({ length: 50 }, () => Buffer.from("r"));
  await Promise.all(Array.from({ length: 100 }, () => quorum.propose(records)));
  await quorum.close();

  const { clock: counted, turns } = counting();
  const keeper = new Keeper();
  const byTurn = new Map<number, number>();
  const committed = keeper.committed.bind(keeper);
  keeper.committed = (offset, term, some) => {
    byTurn.set(turns(), (byTurn.get(turns()) ?? 0) + some.length);
    committed(offset, term, some);
  };
  const next = await openQuorum({ kv, clock: counted, logger: silent, clusterId, self, voters: [], onFailure() {} });
  await next.follow(keeper);
  expect(keeper.records).toHaveLength(5_000);
  expect(Math.max(...byTurn.values())).toBe(500);
  await next.close();
});

test("a snapshot is read one chunk a turn", async () => {
  const kv = await formatted();
  const { quorum, keeper } = await leading(kv);
  for (let count = 0; count < 20; count++) await quorum.propose([Buffer.from("r")]);
  await quorum.snapshot(Offset(keeper.records.at(-1)!.offset), keeper.chunks());
  await quorum.close();

  const { clock: counted, turns } = counting();
  const next = await openQuorum({ kv, clock: counted, logger: silent, clusterId, self, voters: [], onFailure() {} });
  const before = turns();
  await next.follow(new Keeper());
  expect(turns() - before).toBe(20);
  await next.close();
});

test("the next records wait until the follower has folded those before", async () => {
  const { quorum, keeper } = await leading(await formatted());
  let release = () => {};
  const folded: string[] = [];
  keeper.committed = (_offset, _term, records) => {
    folded.push(String(records[0]));
    return new Promise<void>((resolve) => (release = resolve));
  };
  const answers: string[] = [];
  const propose = async (name: string) => answers.push(`${name} at ${await quorum.propose([Buffer.from(name)])}`);
  const both = Promise.all([propose("a"), propose("b")]);
  await settle();
  expect([folded, answers]).toEqual([["a"], []]);
  release();
  await settle();
  expect([folded, answers]).toEqual([["a", "b"], ["a at 2"]]);
  release();
  await both;
  expect(answers).toEqual(["a at 2", "b at 3"]);
  await quorum.close();
});

test("a follower that cannot follow stops the quorum", async () => {
  const failures: unknown[] = [];
  const { quorum, keeper } = await leading(await formatted(), (error) => failures.push(error));
  keeper.committed = () => {
    throw new Error("no such record");
  };
  await expect(quorum.propose([Buffer.from("a")])).rejects.toMatchObject({ code: "NOT_CONTROLLER" });
  expect(failures).toEqual([new Error("no such record")]);
  expect([quorum.role.leader, keeper.leads]).toEqual([false, false]);
});

test("proposals and chunks are bounded", async () => {
  const { quorum, keeper } = await leading(await formatted());
  await expect(quorum.propose([])).rejects.toThrow("a proposal is bounded");
  await expect(quorum.propose([Buffer.alloc(proposalBytesMax), Buffer.from("r")])).rejects.toThrow("a proposal is bounded");
  await quorum.propose([Buffer.from("r")]);
  const tooLong = (async function* () {
    yield Buffer.alloc(snapshotChunkBytesMax + 1);
  })();
  await expect(quorum.snapshot(Offset(2), tooLong)).rejects.toThrow("a chunk is bounded");
  await quorum.snapshot(Offset(2), keeper.chunks());
  await quorum.close();
});

test("a snapshot that is under way when the quorum closes ends with CLOSED, and the one before stands", async () => {
  const kv = await formatted();
  const { quorum, keeper } = await leading(kv);
  await quorum.propose([Buffer.from("r")]);
  kv.hold();
  const snapshot = quorum.snapshot(Offset(2), keeper.chunks());
  await settle();
  const closed = quorum.close();
  kv.release();
  await expect(snapshot).rejects.toMatchObject({ code: "CLOSED" });
  await closed;
  const next = await leading(kv.crash());
  expect(next.keeper.records.map(({ text }) => text)).toEqual(["r"]);
  await next.quorum.close();
});
