import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InWorld } from "../src/conformance/index.ts";
import { simulatedWorld, type SimulatedWorld, type WorldOptions } from "../src/simulated/index.ts";

/** Seeds with which each claim is proved in the simulated world: fixed, so that a failure comes again. */
export const seeds = [1, 2, 3] as const;

/** Proves in a simulated world of this seed. */
export function inSimulatedWorld<World>(
  seed: number,
  make: (world: SimulatedWorld) => World | Promise<World>,
  options?: WorldOptions,
): InWorld<World> {
  return async (prove) => {
    const world = simulatedWorld(seed, {}, options);
    await world.drive((async () => prove(await make(world)))());
  };
}

/** Lends an empty directory, which is gone afterwards. */
export async function inDirectory<Value>(use: (directory: string) => Promise<Value>): Promise<Value> {
  const directory = await mkdtemp(join(tmpdir(), "millrace-runtime-"));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
