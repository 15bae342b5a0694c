import { clockFaults } from "./clocks.ts";
import { diskFaults } from "./disks.ts";
import type { Fault } from "./fault.ts";
import { networkFaults } from "./network.ts";
import { processFaults } from "./processes.ts";
import { rotFaults } from "./rot.ts";

const table = { ...networkFaults, ...processFaults, ...diskFaults, ...rotFaults, ...clockFaults } as const;

export type FaultName = keyof typeof table;

/** Every kind of fault, by the name that plans, marks and reports use. */
export const faults: Readonly<Record<FaultName, Fault>> = table;

export const faultNames: readonly FaultName[] = Object.keys(table) as FaultName[];
