import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ClusterKind, clusterKinds } from "../index.ts";

const root = join(import.meta.dirname, "../../../..");
const folder = join(root, "packages/simulator/mutants");
const command = "packages/simulator/src/command/sim.ts";

/** A bug of somebody's that can be planted: a patch, with its story above it. */
export interface Mutant {
  readonly name: string;
  readonly story: string;
  /** The kind of cluster that it is looked for in. */
  readonly cluster: ClusterKind;
  readonly path: string;
}

/** Every mutant, by its number. */
export function mutants(): Mutant[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".patch"));
  return files.sort().map((file) => {
    const path = join(folder, file);
    const [story = "", second] = readFileSync(path, "utf8").split("\n");
    return { name: basename(file, ".patch"), story, cluster: clusterKinds.find((kind) => second === `cluster: ${kind}`) ?? "broker", path };
  });
}

/** What the simulator makes of a mutant. */
export interface Hunt {
  /** Seeds that were run until it showed; undefined: it did not. */
  readonly seeds: number | undefined;
  readonly failure: string;
}

/** Plants a mutant in a copy of the sources, runs seeds there until one fails, and removes the copy. */
export function hunt({ path, cluster }: Mutant, seedsMax: number): Hunt {
  const copy = mkdtempSync(join(tmpdir(), "millrace-mutant-"));
  try {
    cpSync(join(root, "packages"), join(copy, "packages"), { recursive: true, verbatimSymlinks: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    execFileSync("git", ["apply", path], { cwd: copy });
    return huntIn(copy, cluster, seedsMax);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function huntIn(copy: string, cluster: ClusterKind, seedsMax: number): Hunt {
  const args = [join(copy, command), "--cluster", cluster, "--seeds", String(seedsMax), "--stop-at-failure"];
  const printed = outputOf(args);
  const failure = /^SIM FAIL .*$/m.exec(printed)?.[0] ?? "";
  const [, seed] = / seed=(\d+) /.exec(failure) ?? [];
  return { seeds: seed === undefined ? undefined : Number(seed), failure };
}

/** What a run prints, also where it fails. */
function outputOf(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? "";
  }
}
