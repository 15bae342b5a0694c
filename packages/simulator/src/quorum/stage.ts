import type { Chance } from "@millrace/runtime/simulated";
import type { MachineStage } from "../faults/fault.ts";
import type { Register } from "../history/register.ts";
import type { Run } from "../run.ts";
import type { Commits } from "./checks/commits.ts";
import type { QuorumPlan } from "./plan.ts";
import type { QuorumCluster } from "./quorum-cluster.ts";

/** What everything that takes part in a run of a quorum shares. */
export interface QuorumStage extends MachineStage {
  readonly plan: QuorumPlan;
  readonly run: Run;
  readonly cluster: QuorumCluster;
  readonly commits: Commits;
  /** What clients know of each key. */
  readonly registers: ReadonlyMap<string, Register>;
  /** A stream of chance of this run. */
  readonly chanceOf: (name: string) => Chance;
  /** One backup in a run, so that those that come back with it are never a majority of anything. */
  readonly backups: { taken: boolean };
  /** A value that nobody has written yet. */
  readonly nextValue: () => string;
}
