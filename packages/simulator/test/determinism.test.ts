import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawPlan, simulate } from "../src/index.ts";

const command = join(import.meta.dirname, "../src/command/sim.ts");

test("a seed that is run twice gives the same events and the same answers", async () => {
  for (const seed of [3, 107, 149]) {
    const [first, second] = [await simulate(drawPlan(seed)), await simulate(drawPlan(seed))];
    expect([second.hash, second.events], `seed ${seed}`).toEqual([first.hash, first.events]);
    expect(first.events).toBeGreaterThan(1_000);
  }
});

test("another process comes to the same events and the same answers", async () => {
  const { hash, events } = await simulate(drawPlan(149));
  const printed = execFileSync(process.execPath, [command, "--seed", "149"], { encoding: "utf8" });
  expect(printed).toContain(`hash=${hash} events=${events} `);
});

test("seeds differ", async () => {
  const hashes = new Set<string>();
  for (let seed = 1; seed <= 10; seed++) hashes.add((await simulate(drawPlan(seed))).hash);
  expect(hashes.size).toBe(10);
});
