import { type ClusterKind, failureLine } from "../index.ts";
import { printMarks } from "./print-marks.ts";
import { runSeed } from "./run-seed.ts";
import { Tally } from "./tally.ts";

export interface SweepOptions {
  readonly from: number;
  /** Undefined: as many as `minutes` take. */
  readonly seeds: number | undefined;
  readonly minutes: number | undefined;
  /** Undefined: each seed draws it. */
  readonly cluster: ClusterKind | undefined;
  readonly stopsAtFailure: boolean;
  readonly areMarksShown: boolean;
}

/** A line of progress this often. */
const progressMs = 60_000;

/** Runs seeds one after the other, prints each that fails, and one line in the end; comes back with the exit code. */
export async function sweep({ from, seeds, minutes, cluster, stopsAtFailure, areMarksShown }: SweepOptions): Promise<number> {
  const startedMs = performance.now();
  const elapsedMs = () => performance.now() - startedMs;
  const untilMs = minutes === undefined ? Infinity : minutes * 60_000;
  const tally = new Tally();
  let nextProgressMs = progressMs;
  for (let seed = from; seed < from + (seeds ?? Infinity) && elapsedMs() < untilMs; seed++) {
    const verdict = await runSeed(seed, { cluster });
    tally.add(verdict);
    if (verdict.failure !== undefined) console.log(failureLine(verdict));
    if (verdict.failure !== undefined && stopsAtFailure) break;
    if (elapsedMs() < nextProgressMs) continue;
    nextProgressMs += progressMs;
    console.error(tally.summary(elapsedMs()));
  }
  if (areMarksShown) for (const [kind, marks] of tally.marks) printMarks(kind, marks);
  for (const mark of tally.missing) console.log(`SIM FAIL property=coverage never came about: ${mark}`);
  console.log(tally.summary(elapsedMs()));
  return tally.failing + tally.missing.length === 0 ? 0 : 1;
}
