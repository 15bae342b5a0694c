import { type ClusterKind, type Cuts, failureLine } from "../index.ts";
import { printMarks } from "./print-marks.ts";
import { runSeed } from "./run-seed.ts";

export interface ReplayOptions {
  readonly seed: number;
  /** Undefined: the seed draws it. */
  readonly cluster: ClusterKind | undefined;
  readonly cuts: Cuts;
  readonly isLogged: boolean;
  readonly areMarksShown: boolean;
}

/** Runs one seed and prints what became of it; comes back with the exit code. */
export async function replay({ seed, cluster, cuts, isLogged, areMarksShown }: ReplayOptions): Promise<number> {
  const log = (line: object) => console.log(JSON.stringify(line));
  const verdict = await runSeed(seed, { cluster, cuts, ...(isLogged && { log }) });
  if (areMarksShown) printMarks(verdict.cluster, verdict.marks);
  const { events, operations, virtualMs, hash } = verdict;
  console.log(`${failureLine(verdict)} hash=${hash} events=${events} operations=${operations} virtual=${Math.round(virtualMs)}ms`);
  return verdict.failure === undefined ? 0 : 1;
}
