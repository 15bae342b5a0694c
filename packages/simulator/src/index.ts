/** Whole clusters by seed: faults, what must hold all the same, and how a failure is made small. */

export { faultNames } from "./faults/index.ts";
export type { FaultName } from "./faults/index.ts";
export { Marks } from "./marks.ts";
export { drawPlan } from "./plan.ts";
export type { Cuts, Plan, PlannedFault } from "./plan.ts";
export { shrink } from "./shrink.ts";
export type { Shrunk } from "./shrink.ts";
export { simulate } from "./simulation.ts";
export type { SimulateOptions } from "./simulation.ts";
export { failureLine } from "./verdict.ts";
export type { Failure, Verdict } from "./verdict.ts";
export { properties, Violation } from "./violation.ts";
export type { Property } from "./violation.ts";
