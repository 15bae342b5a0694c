import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { type ClusterKind, clusterKinds, failureLine } from "../src/index.ts";
import { runSeed } from "../src/command/run-seed.ts";
import { Tally } from "../src/command/tally.ts";
import failing from "../seeds.json" with { type: "json" };

/** As many as a commit has time for; from as many on, every kind of fault must have fired. */
const seeds: Readonly<Record<ClusterKind, number>> = { broker: 200, quorum: 200, controllers: 20, replicas: 20 };

/** The commit's own seeds, so that each tries others, and a red one is run again from its hash. */
function firstSeed(): number {
  const hash = execFileSync("git", ["rev-parse", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
  return parseInt(hash.slice(0, 7), 16);
}

test.each(clusterKinds)(
  "every property holds in a few hundred seeds of this commit, and each kind of fault fires (%s)",
  async (cluster) => {
    const tally = new Tally();
    const from = firstSeed();
    for (let seed = from; seed < from + seeds[cluster]; seed++) {
      const verdict = await runSeed(seed, { cluster });
      expect(verdict.failure, failureLine(verdict)).toBeUndefined();
      tally.add(verdict);
    }
    expect(tally.missing).toEqual([]);
  },
);

test.each(failing)("seed $seed, which once failed: $found", async ({ seed, cluster }) => {
  const verdict = await runSeed(seed, { cluster: cluster as ClusterKind });
  expect(verdict.failure, failureLine(verdict)).toBeUndefined();
});
