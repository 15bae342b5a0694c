import type { InWorld } from "../src/conformance/index.ts";
import { simulatedWorld, type SimulatedWorld } from "../src/simulated/index.ts";

/** Seeds with which each claim is proved in the simulated world: fixed, so that a failure comes again. */
export const seeds = [1, 2, 3] as const;

/** Proves in a simulated world of this seed. */
export function inSimulatedWorld<World>(seed: number, make: (world: SimulatedWorld) => World | Promise<World>): InWorld<World> {
  return async (prove) => {
    const world = simulatedWorld(seed);
    await world.drive((async () => prove(await make(world)))());
  };
}
