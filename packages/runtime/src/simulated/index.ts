/** The simulated world: every port by a seed, in virtual time. For tests, the testkit and the simulator. */

export { Chance } from "./chance.ts";
export { Directory } from "./directory.ts";
export { DiskImage } from "./disk-image.ts";
export { calm } from "./faults.ts";
export type { DiskOperation, FaultChanges, Faults, MachineFaultChanges, MachineFaults, NetworkFaults, Span } from "./faults.ts";
export type { Inode } from "./inode.ts";
export type { CrashCause } from "./life.ts";
export type { SimulatedLine } from "./logger.ts";
export type { Backup, Platter, StoreChanges } from "./platter.ts";
export { SimulatedWorld, simulatedWorld } from "./world.ts";
export type { WorldOptions } from "./world.ts";
