import type { Run } from "./alternation.ts";

/** A figure over the rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** A figure of one target, over its runs. */
export function spreadOfRuns(runs: readonly Run[], target: string, figure: string): Spread {
  return spreadOf(valuesOf(runs, target, figure));
}

/**
 * How a figure of one target compares with that of another: the ratio within each round, since rounds differ more than the targets of
 * one round do.
 */
export function ratioOfRuns(runs: readonly Run[], target: string, base: string, figure: string): Spread {
  const against = valuesOf(runs, base, figure);
  return spreadOf(valuesOf(runs, target, figure).map((value, round) => value / against[round]!));
}

function valuesOf(runs: readonly Run[], target: string, figure: string): number[] {
  return runs.filter((run) => run.target === target).map(({ figures }) => figures[figure]!);
}
