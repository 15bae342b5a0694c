import type { Run } from "./alternation.ts";
import { ratioOfRuns, type Spread, spreadOfRuns } from "./spread.ts";

/** A column of the table: one figure. */
export interface Column {
  readonly figure: string;
  /** With its unit. */
  readonly title: string;
}

/** What is no product but a limit, and what a target's share of it says. */
const limits = { spike: "the bare spike", null: "what the client can do" } as const;

/**
 * A table in Markdown: a line for each target, the median of each figure with the least and the greatest in brackets, and beside it what
 * it is of the base's, likewise. The base is Kafka where it takes part, else the first target.
 */
export function table(runs: readonly Run[], columns: readonly Column[]): string {
  const targets = targetsOf(runs);
  const base = targets.includes("kafka") ? "kafka" : targets[0]!;
  const head = ["target", ...columns.map(({ title }) => title)];
  const lines = targets.map((target) => [target, ...columns.map(({ figure }) => cell(runs, target, base, figure))]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A sentence for each limit that took part: what share of it the first target reaches in a figure, round by round. */
export function shares(runs: readonly Run[], { figure, title }: Column): string[] {
  const targets = targetsOf(runs);
  return Object.entries(limits)
    .filter(([limit]) => targets.includes(limit) && targets[0] !== limit)
    .map(([limit, what]) => `${targets[0]} reaches ${spread(ratioOfRuns(runs, targets[0]!, limit, figure))} of ${what}, in ${title}.`);
}

function targetsOf(runs: readonly Run[]): string[] {
  return [...new Set(runs.map(({ target }) => target))];
}

function cell(runs: readonly Run[], target: string, base: string, figure: string): string {
  const absolute = spread(spreadOfRuns(runs, target, figure));
  if (target === base) return absolute;
  const ratio = ratioOfRuns(runs, target, base, figure);
  return Number.isFinite(ratio.median) ? `${absolute}, ${spread(ratio, "×")}` : absolute;
}

function spread({ median, min, max }: Spread, unit = ""): string {
  const middle = printed(median) + unit;
  return min === max || Number.isNaN(median) ? middle : `${middle} (${printed(min)}–${printed(max)})`;
}

/** Three digits that count. */
function printed(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
