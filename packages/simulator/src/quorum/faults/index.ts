import { clockFaults } from "../../faults/clocks.ts";
import type { Fault } from "../../faults/fault.ts";
import { linkFaults } from "../../faults/links.ts";
import { processFaults } from "../../faults/processes.ts";
import { storeFaults } from "../../faults/stores.ts";
import { wayFaults } from "../../faults/ways.ts";
import { diskFaults } from "./disks.ts";
import type { QuorumScene } from "./scene.ts";

const table = { ...wayFaults, ...linkFaults, ...processFaults, ...storeFaults, ...diskFaults, ...clockFaults } as const;

export type QuorumFaultName = keyof typeof table;

/** Every kind of fault that strikes the nodes of a quorum, by the name that plans, marks and reports use. */
export const quorumFaults: Readonly<Record<QuorumFaultName, Fault<QuorumScene>>> = table;

export const quorumFaultNames: readonly QuorumFaultName[] = Object.keys(table) as QuorumFaultName[];
