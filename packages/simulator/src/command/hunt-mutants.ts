import type { ClusterKind } from "../index.ts";
import { hunt, mutants } from "./mutant-copy.ts";

/** Each is found in so many seeds of its kind of cluster, or counts as missed. */
const seedsMax: Readonly<Record<ClusterKind, number>> = { broker: 500, quorum: 1_000, controllers: 500, replicas: 500 };

export interface HuntOptions {
  /** What the names of the bugs begin with. */
  readonly only: string;
  /** In place of the bound of each kind. */
  readonly seeds: number | undefined;
}

/** Plants one bug after the other and prints how many seeds each takes to show; comes back with the exit code. */
export function huntMutants({ only, seeds }: HuntOptions): number {
  const planted = mutants().filter(({ name }) => name.startsWith(only));
  let missed = 0;
  console.log(`${"planted bug".padEnd(52)} cluster  seeds  property`);
  for (const mutant of planted) {
    const found = hunt(mutant, seeds ?? seedsMax[mutant.cluster]);
    const [, property = "-"] = / property=(\w+) /.exec(found.failure) ?? [];
    if (found.seeds === undefined) missed++;
    console.log(`${mutant.name.padEnd(52)} ${mutant.cluster.padEnd(8)} ${String(found.seeds ?? "none").padStart(5)}  ${property}`);
  }
  console.log(`${planted.length} planted, ${missed} not found in ${JSON.stringify(seeds ?? seedsMax)} seeds each`);
  return missed === 0 ? 0 : 1;
}
