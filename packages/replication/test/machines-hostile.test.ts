import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HostileReplicas } from "./support/hostile-replicas.ts";

/** More where time is no matter: MILLRACE_MODEL_RUNS=4000. */
const runs = Number(process.env["MILLRACE_MODEL_RUNS"] ?? 1000);

test("whatever the network and the disks do, nothing committed is lost or replaced, and after it everybody catches up", () => {
  let committed = 0;
  let epochs = 0;
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 500, max: 4000 }), (seed, steps) => {
      const world = new HostileReplicas(seed);
      for (let step = 0; step < steps; step++) world.step();
      committed += world.heal();
      epochs += world.cluster.controller.state.leaderEpoch;
    }),
    { numRuns: runs, endOnFailure: true },
  );
  // A run in which nothing comes about would prove nothing.
  expect(committed / runs).toBeGreaterThan(8);
  expect(epochs / runs).toBeGreaterThan(2);
});
