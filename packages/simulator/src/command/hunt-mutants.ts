import { hunt, mutants } from "./mutant-copy.ts";

/** Plants one bug after the other and prints how many seeds each takes to show; comes back with the exit code. */
export function huntMutants(seedsMax: number): number {
  let missed = 0;
  console.log(`${"planted bug".padEnd(52)} seeds  property`);
  for (const mutant of mutants()) {
    const { seeds, failure } = hunt(mutant, seedsMax);
    const [, property = "-"] = / property=(\w+) /.exec(failure) ?? [];
    if (seeds === undefined) missed++;
    console.log(`${mutant.name.padEnd(52)} ${String(seeds ?? "none").padStart(5)}  ${property}`);
  }
  console.log(`${mutants().length} planted, ${missed} not found in ${seedsMax} seeds each`);
  return missed === 0 ? 0 : 1;
}
