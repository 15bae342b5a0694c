import { clockFaults } from "../../faults/clocks.ts";
import { diskFaults } from "../../faults/disks.ts";
import type { Fault, MachineScene } from "../../faults/fault.ts";
import { linkFaults } from "../../faults/links.ts";
import { processFaults } from "../../faults/processes.ts";
import { storeFaults } from "../../faults/stores.ts";
import { wayFaults } from "../../faults/ways.ts";
import { GuardedNode } from "../losses.ts";
import { operatorFaults } from "./operators.ts";
import type { ReplicasScene } from "./scene.ts";
import { spoiltDiskFaults } from "./spoilt-disks.ts";

/** A machine loses its power only where all that was acknowledged is held by others, or synced. */
function onlyWhereBorne(fault: Fault<MachineScene>): Fault<ReplicasScene> {
  const strike = (scene: ReplicasScene): boolean => {
    const { node, stage } = scene;
    return stage.losses.mayLosePower(node) && fault.strike({ ...scene, node: new GuardedNode(node, stage.losses) });
  };
  return { ...fault, strike };
}

const {
  "power cut": powerCut,
  "power cut between two events": powerCutBetween,
  "power cut storm": powerCutStorm,
  "power cut that takes everything": powerCutOfAll,
  ...otherProcessFaults
} = processFaults;

// Three nodes in a ring all reach each other.
const { ring: _ring, ...ways } = wayFaults;

const table = {
  ...ways,
  ...linkFaults,
  ...otherProcessFaults,
  "power cut": onlyWhereBorne(powerCut),
  "power cut between two events": onlyWhereBorne(powerCutBetween),
  "power cut storm": onlyWhereBorne(powerCutStorm),
  "power cut that takes everything": onlyWhereBorne(powerCutOfAll),
  ...diskFaults,
  ...spoiltDiskFaults,
  ...storeFaults,
  ...clockFaults,
  ...operatorFaults,
} as const;

export type ReplicasFaultName = keyof typeof table;

/** Every kind of fault that strikes replicated brokers, by the name that plans, marks and reports use. */
export const replicasFaults: Readonly<Record<ReplicasFaultName, Fault<ReplicasScene>>> = table;

export const replicasFaultNames: readonly ReplicasFaultName[] = Object.keys(table) as ReplicasFaultName[];
