import { faultNames, failureLine, Marks, type Verdict } from "../index.ts";
import { printMarks } from "./print-marks.ts";
import { runSeed } from "./run-seed.ts";

export interface SweepOptions {
  readonly from: number;
  /** Undefined: as many as `minutes` take. */
  readonly seeds: number | undefined;
  readonly minutes: number | undefined;
  readonly stopsAtFailure: boolean;
  readonly areMarksShown: boolean;
}

/** A line of progress this often. */
const progressMs = 60_000;
/** From so many seeds on, each kind of fault must have fired. */
const coverageSeeds = 200;
const hourMs = 3_600_000;

/** What many runs came to. */
interface Sum {
  seeds: number;
  failing: number;
  events: number;
  virtualMs: number;
  readonly marks: Marks;
}

/** Runs seeds one after the other, prints each that fails, and one line in the end; comes back with the exit code. */
export async function sweep({ from, seeds, minutes, stopsAtFailure, areMarksShown }: SweepOptions): Promise<number> {
  const startedMs = performance.now();
  const elapsedMs = () => performance.now() - startedMs;
  const untilMs = minutes === undefined ? Infinity : minutes * 60_000;
  const sum: Sum = { seeds: 0, failing: 0, events: 0, virtualMs: 0, marks: new Marks() };
  let nextProgressMs = progressMs;
  for (let seed = from; seed < from + (seeds ?? Infinity) && elapsedMs() < untilMs; seed++) {
    const verdict = await runSeed(seed);
    add(sum, verdict);
    if (verdict.failure !== undefined) console.log(failureLine(verdict));
    if (verdict.failure !== undefined && stopsAtFailure) break;
    if (elapsedMs() < nextProgressMs) continue;
    nextProgressMs += progressMs;
    console.error(summary(sum, elapsedMs()));
  }
  if (areMarksShown) printMarks(sum.marks);
  const missing = sum.seeds < coverageSeeds ? [] : sum.marks.missing(faultNames.map((name) => `fault ${name}`));
  for (const mark of missing) console.log(`SIM FAIL property=coverage ${mark} never fired in ${sum.seeds} seeds`);
  console.log(summary(sum, elapsedMs()));
  return sum.failing + missing.length === 0 ? 0 : 1;
}

function add(sum: Sum, { failure, events, virtualMs, marks }: Verdict): void {
  sum.seeds++;
  if (failure !== undefined) sum.failing++;
  sum.events += events;
  sum.virtualMs += virtualMs;
  sum.marks.add(marks);
}

function summary({ seeds, failing, events, virtualMs }: Sum, elapsedMs: number): string {
  const perSecond = Math.round(events / (elapsedMs / 1_000));
  return `${seeds} seeds, ${failing} failing, ${(virtualMs / hourMs).toFixed(1)} cluster-hours, ${perSecond} events/s`;
}
