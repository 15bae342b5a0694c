import * as fc from "fast-check";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Quorum } from "../src/index.ts";
import type { MemoryKv } from "../src/testing/index.ts";
import { settle } from "./support/quorum-story.ts";
import { formatted, type Keeper, leading } from "./support/voter.ts";

/** What one life does: proposals of so many records, all at once in a burst, and snapshots. */
const deed = fc.oneof(
  { weight: 2, arbitrary: fc.record({ burst: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ snapshot: true as const }) },
);
const life = fc.record({ deeds: fc.array(deed, { maxLength: 6 }), crashAtCommit: fc.nat(25) });

/** Every record that was ever proposed, by its text, and those that were acknowledged, by their offset. */
interface History {
  next: number;
  readonly proposals: string[][];
  readonly acknowledged: Map<number, string>;
}

test("whatever commit a voter dies at, the next life finds all that was acknowledged, and each proposal whole or not at all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), async (lives) => {
      const history: History = { next: 0, proposals: [], acknowledged: new Map() };
      let kv = await formatted();
      for (const { deeds, crashAtCommit } of lives) kv = await live(kv, deeds, crashAtCommit, history);
      const { keeper } = await leading(kv);
      check(keeper, history);
    }),
    { numRuns: 300 },
  );
});

type Deed = { burst: number[] } | { snapshot: true };

async function live(kv: MemoryKv, deeds: readonly Deed[], crashAtCommit: number, history: History): Promise<MemoryKv> {
  const last = kv.commits + crashAtCommit;
  const crashed = new Promise<MemoryKv>((resolve) => {
    kv.onCommit = () => {
      if (kv.commits === last) resolve(kv.crash());
    };
  });
  const survived = run(kv, deeds, history)
    .then(settle)
    .then(() => kv.crash());
  return Promise.race([crashed, survived]);
}

async function run(kv: MemoryKv, deeds: readonly Deed[], history: History): Promise<void> {
  const { quorum, keeper } = await leading(kv);
  check(keeper, history);
  for (const one of deeds) {
    if ("snapshot" in one) await takeSnapshot(quorum, keeper);
    else await Promise.all(one.burst.map((count) => propose(quorum, count, history)));
  }
}

async function propose(quorum: Quorum, count: number, history: History): Promise<void> {
  const texts = Array.from({ length: count }, () => `r${history.next++}`);
  history.proposals.push(texts);
  const last = await quorum.propose(texts.map((text) => Buffer.from(text)));
  for (const [index, text] of texts.entries()) history.acknowledged.set(last - count + 1 + index, text);
}

async function takeSnapshot(quorum: Quorum, keeper: Keeper): Promise<void> {
  const last = keeper.records.at(-1);
  if (last !== undefined) await quorum.snapshot(Offset(last.offset), keeper.chunks());
}

function check({ records }: Keeper, { acknowledged, proposals }: History): void {
  const byOffset = new Map(records.map(({ offset, text }) => [offset, text]));
  for (const [offset, text] of acknowledged) expect(byOffset.get(offset)).toBe(text);
  expect(byOffset.size).toBe(records.length);
  expect(records.map(({ offset }) => offset)).toEqual([...byOffset.keys()].sort((a, b) => a - b));
  expect(records.map(({ term }) => term)).toEqual(records.map(({ term }) => term).sort((a, b) => a - b));
  const found = new Set(byOffset.values());
  for (const texts of proposals) expect(new Set(texts.map((text) => found.has(text))).size).toBe(1);
}
