import { clockFaults } from "../../faults/clocks.ts";
import type { Fault } from "../../faults/fault.ts";
import { linkFaults } from "../../faults/links.ts";
import { processFaults } from "../../faults/processes.ts";
import { storeFaults } from "../../faults/stores.ts";
import { wayFaults } from "../../faults/ways.ts";
import type { ReplicasScene } from "./scene.ts";

/** Machines lose their power only where acks=all means synced: otherwise the contract bears one at a time, and no second before it is back. */
function onlyWhereSynced(fault: Fault<ReplicasScene>): Fault<ReplicasScene> {
  return { ...fault, strike: (scene) => scene.stage.plan.isSynced && fault.strike(scene) };
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
  "power cut": onlyWhereSynced(powerCut),
  "power cut between two events": onlyWhereSynced(powerCutBetween),
  "power cut storm": onlyWhereSynced(powerCutStorm),
  "power cut that takes everything": onlyWhereSynced(powerCutOfAll),
  ...storeFaults,
  ...clockFaults,
} as const;

export type ReplicasFaultName = keyof typeof table;

/** Every kind of fault that strikes replicated brokers, by the name that plans, marks and reports use. */
export const replicasFaults: Readonly<Record<ReplicasFaultName, Fault<ReplicasScene>>> = table;

export const replicasFaultNames: readonly ReplicasFaultName[] = Object.keys(table) as ReplicasFaultName[];
