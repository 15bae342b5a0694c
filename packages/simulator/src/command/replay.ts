import { type Cuts, failureLine } from "../index.ts";
import { printMarks } from "./print-marks.ts";
import { runSeed } from "./run-seed.ts";

export interface ReplayOptions {
  readonly seed: number;
  readonly cuts: Cuts;
  readonly isLogged: boolean;
  readonly areMarksShown: boolean;
}

/** Runs one seed and prints what became of it; comes back with the exit code. */
export async function replay({ seed, cuts, isLogged, areMarksShown }: ReplayOptions): Promise<number> {
  const log = (line: object) => console.log(JSON.stringify(line));
  const verdict = await runSeed(seed, cuts, isLogged ? { log } : {});
  if (areMarksShown) printMarks(verdict.marks);
  const { events, operations, virtualMs, hash } = verdict;
  console.log(`${failureLine(verdict)} hash=${hash} events=${events} operations=${operations} virtual=${Math.round(virtualMs)}ms`);
  return verdict.failure === undefined ? 0 : 1;
}
