import type { Cuts } from "./plan.ts";
import { drawPlan } from "./simulate.ts";
import type { Verdict } from "./verdict.ts";

/** What a failing run came down to. */
export interface Shrunk {
  readonly cuts: Cuts;
  readonly verdict: Verdict;
  /** How many runs that took. */
  readonly runs: number;
}

/** More runs than this make a failure hardly smaller. */
const runsMax = 300;

/**
 * Makes a failing run small: leaves out faults (halves first, then each), clients, operations and time, as long as the same property fails.
 *
 * @param run runs a seed with these cuts
 * @param failing what it came to without any
 */
export async function shrink(run: (cuts: Cuts) => Promise<Verdict>, failing: Verdict): Promise<Shrunk> {
  const plan = drawPlan(failing.seed, {}, failing.cluster);
  const operations = Object.keys(plan.weights);
  let best: Shrunk = {
    cuts: { faults: plan.faults.map(({ number }) => number), clients: plan.clients, operations },
    verdict: failing,
    runs: 0,
  };
  let runs = 0;
  const attempt = async (cuts: Cuts): Promise<boolean> => {
    if (runs >= runsMax) return false;
    runs++;
    const verdict = await run(cuts);
    if (verdict.failure?.property !== failing.failure?.property) return false;
    best = { cuts, verdict, runs };
    return true;
  };
  const afterMs = Math.ceil(failing.failure!.atMs);
  if (afterMs < plan.safetyMs) await attempt({ ...best.cuts, safetyMs: afterMs });
  await shorten(
    (faults) => attempt({ ...best.cuts, faults }),
    () => best.cuts.faults ?? [],
  );
  for (let clients = 1; clients < best.cuts.clients!; clients++) if (await attempt({ ...best.cuts, clients })) break;
  await shorten<string>(
    (kept) => attempt({ ...best.cuts, operations: kept }),
    () => best.cuts.operations ?? [],
  );
  return { ...best, runs };
}

/** Leaves out of a list whatever `attempt` can do without: first halves, then quarters, in the end each alone. */
async function shorten<Item>(attempt: (items: readonly Item[]) => Promise<boolean>, current: () => readonly Item[]): Promise<void> {
  for (let size = Math.ceil(current().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < current().length;) {
      const rest = current().toSpliced(from, size);
      if (!(await attempt(rest))) from += size;
    }
  }
}
