import type { Marks } from "./marks.ts";
import type { ClusterKind } from "./plan.ts";
import type { Property } from "./violation.ts";

/** What became of one run. */
export interface Verdict {
  readonly seed: number;
  readonly cluster: ClusterKind;
  /** Undefined: everything held. */
  readonly failure: Failure | undefined;
  readonly events: number;
  readonly operations: number;
  readonly virtualMs: number;
  /** Equal for two runs that were alike: of the world's events, and of all that clients were answered. */
  readonly hash: string;
  readonly marks: Marks;
}

export interface Failure {
  readonly property: Property;
  /** The event after which it showed. */
  readonly step: number;
  readonly atMs: number;
  readonly text: string;
}

/** One line that says how a run failed, and from which it can be run again. */
export function failureLine({ seed, cluster, failure }: Verdict): string {
  if (failure === undefined) return `SIM OK seed=${seed} cluster=${cluster}`;
  const { property, step, atMs, text } = failure;
  return `SIM FAIL seed=${seed} cluster=${cluster} step=${step} at=${Math.round(atMs)}ms property=${property} ${text}`;
}
