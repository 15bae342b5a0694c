import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clusterKinds, drawPlan, simulate } from "../src/index.ts";

const command = join(import.meta.dirname, "../src/command/sim.ts");
const clusters = clusterKinds;

test.each(clusters)("a seed that is run twice gives the same events and the same answers (%s)", async (cluster) => {
  for (const seed of [3, 107, 149]) {
    const run = () => simulate(drawPlan(seed, {}, cluster));
    const [first, second] = [await run(), await run()];
    expect([second.hash, second.events], `seed ${seed}`).toEqual([first.hash, first.events]);
    expect(first.events).toBeGreaterThan(500);
  }
});

test.each(clusters)("another process comes to the same events and the same answers (%s)", async (cluster) => {
  const { hash, events } = await simulate(drawPlan(149, {}, cluster));
  const printed = execFileSync(process.execPath, [command, "--seed", "149", "--cluster", cluster], { encoding: "utf8" });
  expect(printed).toContain(`hash=${hash} events=${events} `);
});

test("seeds differ, and draw every kind of cluster", async () => {
  const verdicts = [];
  for (let seed = 1; seed <= 12; seed++) verdicts.push(await simulate(drawPlan(seed)));
  expect(new Set(verdicts.map(({ hash }) => hash)).size).toBe(12);
  expect(new Set(verdicts.map(({ cluster }) => cluster))).toEqual(new Set(clusters));
});
