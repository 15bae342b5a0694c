import { type ClusterKind, type Cuts, drawPlan, simulate, type SimulateOptions, type Verdict } from "../index.ts";

/** Runs one seed. A promise that was rejected and that nobody took is a failure too, as it ends a real broker's process. */
export async function runSeed(
  seed: number,
  { cluster, cuts = {}, ...options }: { readonly cluster?: ClusterKind | undefined; readonly cuts?: Cuts } & SimulateOptions = {},
): Promise<Verdict> {
  const stray: unknown[] = [];
  const note = (error: unknown) => void stray.push(error);
  process.on("unhandledRejection", note);
  try {
    const verdict = await simulate(drawPlan(seed, cuts, cluster), options);
    if (stray.length === 0 || verdict.failure !== undefined) return verdict;
    const text = `a rejection that nobody took: ${String(stray[0])}`;
    return { ...verdict, failure: { property: "bug", step: verdict.events, atMs: verdict.virtualMs, text } };
  } finally {
    process.off("unhandledRejection", note);
  }
}
