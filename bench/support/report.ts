import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { basename, join } from "node:path";
import type { Run } from "./alternation.ts";
import { spreadOf } from "./spread.ts";
import { type Column, shares, table } from "./table.ts";

/** Where everything is written unless told otherwise; git ignores it. */
export const reportFolder: string = join(import.meta.dirname, "../out");

/** What was measured of one load. */
export interface Scenario {
  /** One line. */
  readonly title: string;
  /** What the command was told, for whoever reads the file. */
  readonly load: unknown;
  readonly runs: readonly Run[];
}

/** Prints the table of a scenario on stdout, with all that one must know to judge it, or to make it again. */
export function printScenario({ title, runs }: Scenario, columns: readonly Column[]): void {
  const rounds = new Set(runs.map(({ round }) => round)).size;
  const { median, max } = spreadOf(runs.map(({ othersShare }) => othersShare * 100));
  const others = `others took ${median.toFixed(0)} % of the machine, ${max.toFixed(0)} % at most`;
  console.log(`\n${title}, ${rounds} ${rounds === 1 ? "round" : "rounds"}, ${new Date().toISOString().slice(0, 10)}; ${others}\n`);
  console.log([table(runs, columns), "", ...shares(runs, columns[0]!), `\`${commandLine()}\``].join("\n"));
}

/** What was typed. */
function commandLine(): string {
  return ["npm run bench --", basename(process.argv[1]!, ".ts"), ...process.argv.slice(2)].join(" ");
}

/** Writes everything measured to `bench/out/NAME-TIME.json` and gives the path. */
export function writeReport(name: string, scenarios: readonly Scenario[]): string {
  const time = new Date().toISOString();
  const path = join(reportFolder, `${name}-${time.replaceAll(":", "-").slice(0, 19)}.json`);
  const machine = { processors: cpus().map(({ model }) => model), memoryBytes: totalmem(), kernel: release(), node: process.version };
  mkdirSync(reportFolder, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ name, time, machine, scenarios }, undefined, 2)}\n`);
  return path;
}
