import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { failureLine, faultNames, Marks } from "../src/index.ts";
import { runSeed } from "../src/command/run-seed.ts";
import failing from "../seeds.json" with { type: "json" };

/** As many as a commit has time for. */
const seeds = 200;

/** The commit's own seeds, so that each tries others, and a red one is run again from its hash. */
function firstSeed(): number {
  const hash = execFileSync("git", ["rev-parse", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
  return parseInt(hash.slice(0, 7), 16);
}

test("every property holds in a few hundred seeds of this commit, and each kind of fault fires", async () => {
  const marks = new Marks();
  const from = firstSeed();
  for (let seed = from; seed < from + seeds; seed++) {
    const verdict = await runSeed(seed);
    expect(verdict.failure, failureLine(verdict)).toBeUndefined();
    marks.add(verdict.marks);
  }
  expect(marks.missing(faultNames.map((name) => `fault ${name}`))).toEqual([]);
});

test.each(failing)("seed $seed, which once failed: $found", async ({ seed }) => {
  const verdict = await runSeed(seed);
  expect(verdict.failure, failureLine(verdict)).toBeUndefined();
});
