import { clientFaults } from "../../brokers/faults/clients.ts";
import type { FaultScene } from "../../brokers/faults/fault.ts";
import { networkFaults } from "../../brokers/faults/network.ts";
import { clockFaults } from "../../faults/clocks.ts";
import { diskFaults } from "../../faults/disks.ts";
import type { Fault } from "../../faults/fault.ts";
import { linkFaults } from "../../faults/links.ts";
import { processFaults } from "../../faults/processes.ts";
import { storeFaults } from "../../faults/stores.ts";
import { wayFaults } from "../../faults/ways.ts";
import type { Trouble } from "../plan.ts";
import { leadFaults } from "./leads.ts";
import type { ControllersScene } from "./scene.ts";

/** The same fault, about the broker whatever else was drawn. */
function onBroker({ does, strike }: Fault<FaultScene>): Fault<ControllersScene> {
  return {
    does,
    strike: ({ whole: { brokers, cluster }, chance, client }) => strike({ stage: brokers, chance, node: cluster.broker, client }),
  };
}

// What breaks between a client and the broker has the name of what breaks between machines.
const { "connections break": _connections, ...otherNetworkFaults } = networkFaults;
const brokerFaults = { ...clientFaults, ...otherNetworkFaults };

const table = {
  ...wayFaults,
  ...linkFaults,
  ...processFaults,
  ...diskFaults,
  ...storeFaults,
  ...clockFaults,
  ...leadFaults,
  ...(Object.fromEntries(Object.entries(brokerFaults).map(([name, fault]) => [name, onBroker(fault)])) as Record<
    keyof typeof brokerFaults,
    Fault<ControllersScene>
  >),
} as const;

export type ControllersFaultName = keyof typeof table;

/** Every kind of fault that strikes controllers and a broker, by the name that plans, marks and reports use. */
export const controllersFaults: Readonly<Record<ControllersFaultName, Fault<ControllersScene>>> = table;

export const controllersFaultNames: readonly ControllersFaultName[] = Object.keys(table) as ControllersFaultName[];

/** Others see at once that a process is gone. */
const deaths: readonly ControllersFaultName[] = [
  "kill",
  "kill between two events",
  "kill storm",
  "clean stop",
  "lead is handed over",
  "clock jumps forward",
  "clock jumps back",
];

/** What may become of one controller while the others reach each other. */
const oneController: readonly ControllersFaultName[] = [
  ...deaths,
  "power cut",
  "power cut between two events",
  "power cut storm",
  "power cut that takes everything",
  "torn writes",
  "pause",
  "loop stall",
  "failed store commit",
  "slow store",
  "node is isolated",
  "node is not heard",
  "node hears nothing",
  "one way is cut",
  "slow way",
  "connections break",
];

/** The kinds that come in runs of this trouble. */
export function faultNamesOf(trouble: Trouble): readonly ControllersFaultName[] {
  switch (trouble) {
    case "deaths":
      return deaths;
    case "controllers":
      return oneController;
    case "everything":
      return controllersFaultNames;
  }
}
