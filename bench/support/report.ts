import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import type { Run } from "./alternation.ts";
import { type Column, table } from "./table.ts";

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

/** Prints the table of a scenario on stdout. */
export function printScenario({ title, runs }: Scenario, columns: readonly Column[]): void {
  const rounds = new Set(runs.map(({ round }) => round)).size;
  console.log(`\n${title}, ${rounds} ${rounds === 1 ? "round" : "rounds"}\n\n${table(runs, columns)}`);
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
