// npm run sim -- --help
import { parseArgs } from "node:util";
import { type ClusterKind, clusterKinds } from "../index.ts";
import { help } from "./help.ts";
import { huntMutants } from "./hunt-mutants.ts";
import { replay } from "./replay.ts";
import { shrinkSeed } from "./shrink-seed.ts";
import { speed } from "./speed.ts";
import { sweep } from "./sweep.ts";

const { values } = parseArgs({
  options: {
    help: { type: "boolean", default: false },
    seed: { type: "string" },
    seeds: { type: "string" },
    from: { type: "string", default: "1" },
    cluster: { type: "string" },
    minutes: { type: "string" },
    cuts: { type: "string" },
    log: { type: "boolean", default: false },
    shrink: { type: "boolean", default: false },
    speed: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    marks: { type: "boolean", default: false },
    "stop-at-failure": { type: "boolean", default: false },
  },
});

/** A whole number as it was written; ends the process where it is none. */
function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`--${name} must be a whole number, not ${JSON.stringify(text)}`);
  process.exit(2);
}

/** The kind of cluster that was asked for; ends the process where there is no such kind. */
function clusterKind(): ClusterKind | undefined {
  const { cluster } = values;
  const found = clusterKinds.find((kind) => kind === cluster);
  if (cluster === undefined || found !== undefined) return found;
  console.error(`--cluster must be one of ${clusterKinds.join(", ")}, not ${JSON.stringify(cluster)}`);
  process.exit(2);
}

async function main(): Promise<number> {
  if (values.help) return help();
  const cluster = clusterKind();
  if (values.seed !== undefined) {
    const seed = wholeNumber("seed", values.seed);
    if (values.shrink) return shrinkSeed(seed, cluster);
    const cuts = values.cuts === undefined ? {} : JSON.parse(values.cuts);
    return replay({ seed, cluster, cuts, isLogged: values.log, areMarksShown: values.marks });
  }
  if (values.speed) return speed();
  if (values.mutants)
    return huntMutants({ only: values.only, seeds: values.seeds === undefined ? undefined : wholeNumber("seeds", values.seeds) });
  const minutes = values.minutes === undefined ? undefined : wholeNumber("minutes", values.minutes);
  const seeds = values.seeds === undefined ? (minutes === undefined ? 100 : undefined) : wholeNumber("seeds", values.seeds);
  const from = wholeNumber("from", values.from);
  return sweep({ from, seeds, minutes, cluster, stopsAtFailure: values["stop-at-failure"], areMarksShown: values.marks });
}

process.exitCode = await main();
