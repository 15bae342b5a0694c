import { clockFaults } from "../../faults/clocks.ts";
import type { Fault } from "../../faults/fault.ts";
import { linkFaults } from "../../faults/links.ts";
import { processFaults } from "../../faults/processes.ts";
import { storeFaults } from "../../faults/stores.ts";
import { clientFaults } from "./clients.ts";
import { diskFaults } from "../../faults/disks.ts";
import type { FaultScene } from "./fault.ts";
import { networkFaults } from "./network.ts";
import { rotFaults } from "./rot.ts";

const table = {
  ...networkFaults,
  ...linkFaults,
  ...processFaults,
  ...clientFaults,
  ...diskFaults,
  ...storeFaults,
  ...rotFaults,
  ...clockFaults,
} as const;

export type BrokerFaultName = keyof typeof table;

/** Every kind of fault that strikes brokers and their clients, by the name that plans, marks and reports use. */
export const brokerFaults: Readonly<Record<BrokerFaultName, Fault<FaultScene>>> = table;

export const brokerFaultNames: readonly BrokerFaultName[] = Object.keys(table) as BrokerFaultName[];
