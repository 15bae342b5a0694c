import type { SimulatedWorld } from "@millrace/runtime/simulated";
import { GiB } from "@millrace/vocabulary";

/** Takes back what faults did to a machine: its disk and store are quick and sound again, and it runs. What has rotted stays so. */
export function healMachine(world: SimulatedWorld, name: string): void {
  world.change(name, {
    disk: { capacityBytes: 16 * GiB, failedPpm: {}, misdirectedPpm: 0, operationUs: [20, 120], syncUs: [500, 3_000] },
    kv: { commitUs: [500, 3_000], commitFailedPpm: 0 },
  });
  world.forgetFailures(name);
  world.resume(name);
}

/** Opens the ways between machines, and takes back what slows them down. */
export function healWays(world: SimulatedWorld, names: readonly string[]): void {
  for (const name of names) {
    for (const other of names) {
      world.heal(name, other);
      world.delay(name, other, undefined);
    }
  }
}

/** The network loses nothing any more, and is quick. */
export function healNetwork(world: SimulatedWorld): void {
  world.changeNetwork({ lostPpm: 0, delayUs: [50, 300] });
}
