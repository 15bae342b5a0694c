import { type ClusterKind, failureLine, shrink } from "../index.ts";
import { runSeed } from "./run-seed.ts";

/** Makes a failing seed small and prints the command that runs what is left; comes back with the exit code. */
export async function shrinkSeed(seed: number, cluster: ClusterKind | undefined): Promise<number> {
  const failing = await runSeed(seed, { cluster });
  console.log(failureLine(failing));
  if (failing.failure === undefined) return 0;
  const { cuts, verdict, runs } = await shrink((each) => runSeed(seed, { cluster: failing.cluster, cuts: each }), failing);
  console.log(`after ${runs} runs, ${verdict.events} events are left of ${failing.events}:`);
  console.log(failureLine(verdict));
  console.log(`npm run sim -- --seed ${seed} --cluster ${failing.cluster} --cuts '${JSON.stringify(cuts)}'`);
  return 1;
}
