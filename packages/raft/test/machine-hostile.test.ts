import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HostileWorld } from "./support/hostile.ts";

/** More where time is no matter: MILLRACE_MODEL_RUNS=4000. */
const runs = Number(process.env["MILLRACE_MODEL_RUNS"] ?? 300);

test("whatever the network and the disks do, no promise of Raft is broken at any step", () => {
  const reached = { committed: 0, leaders: 0 };
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(3, 4, 5), fc.integer({ min: 200, max: 700 }), (seed, size, steps) => {
      const world = new HostileWorld(seed, size);
      for (let step = 0; step < steps; step++) world.step();
      reached.committed += world.cluster.invariants.committed.size;
      reached.leaders += world.cluster.invariants.leaders;
    }),
    { numRuns: runs, endOnFailure: true },
  );
  // A run in which nothing comes about would prove nothing.
  expect(reached.committed / runs).toBeGreaterThan(10);
  expect(reached.leaders / runs).toBeGreaterThan(1.5);
});
