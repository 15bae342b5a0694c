import { printError } from "./print-error.ts";

/** What became of one of several things. */
interface Outcome<Result> {
  readonly result?: Result;
  readonly error?: unknown;
}

/**
 * Does something for each of several names, one after the other, whatever fails; the results of those that did not are told by
 * `report`. Then rejects with the first failure; the others have been printed.
 */
export async function oneByOne<Result>(
  names: readonly string[],
  act: (name: string) => Promise<Result>,
  report: (results: readonly Result[]) => Promise<void>,
): Promise<void> {
  const outcomes: Outcome<Result>[] = [];
  for (const name of names) {
    outcomes.push(
      await act(name).then(
        (result) => ({ result }),
        (error: unknown) => ({ error }),
      ),
    );
  }
  await report(outcomes.flatMap((outcome) => ("error" in outcome ? [] : [outcome.result!])));
  const [first, ...others] = outcomes.filter((outcome) => "error" in outcome).map(({ error }) => error);
  for (const error of others) printError(error);
  if (first !== undefined) throw first;
}
