/** Whole clusters by seed: faults, what must hold all the same, and how a failure is made small. */

export { Marks } from "./marks.ts";
export { clusterKinds } from "./plan.ts";
export type { ClusterKind, Cuts, PlannedFault } from "./plan.ts";
export type { SimulateOptions } from "./run.ts";
export { shrink } from "./shrink.ts";
export type { Shrunk } from "./shrink.ts";
export { drawPlan, requiredMarks, simulate } from "./simulate.ts";
export type { Plan } from "./simulate.ts";
export { failureLine } from "./verdict.ts";
export type { Failure, Verdict } from "./verdict.ts";
export { properties, Violation } from "./violation.ts";
export type { Property } from "./violation.ts";
