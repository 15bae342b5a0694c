import type { Run } from "./alternation.ts";
import { ratioOfRuns, type Spread, spreadOfRuns } from "./spread.ts";

/** A column of the table: one figure. */
export interface Column {
  readonly figure: string;
  /** With its unit. */
  readonly title: string;
}

/**
 * A table in Markdown: a line for each target, the median of each figure with the least and the greatest in brackets, and beside it what
 * it is of the base's. The base is Kafka where it takes part, else the first target.
 */
export function table(runs: readonly Run[], columns: readonly Column[]): string {
  const targets = [...new Set(runs.map(({ target }) => target))];
  const base = targets.includes("kafka") ? "kafka" : targets[0]!;
  const head = ["target", ...columns.map(({ title }) => title)];
  const lines = targets.map((target) => [target, ...columns.map(({ figure }) => cell(runs, target, base, figure))]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(runs: readonly Run[], target: string, base: string, figure: string): string {
  const absolute = spread(spreadOfRuns(runs, target, figure));
  const ratio = target === base ? NaN : ratioOfRuns(runs, target, base, figure).median;
  return Number.isFinite(ratio) ? `${absolute}, ${printed(ratio)}×` : absolute;
}

function spread({ median, min, max }: Spread): string {
  return min === max || Number.isNaN(median) ? printed(median) : `${printed(median)} (${printed(min)}–${printed(max)})`;
}

/** Three digits that count. */
function printed(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
