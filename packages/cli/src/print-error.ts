import { MillraceError } from "@millrace/vocabulary";

/** Says on stderr what went wrong: the error's sentence, and each fault of a configuration on its own line. */
export function printError(error: unknown): void {
  if (!(error instanceof MillraceError)) {
    console.error("millrace:", error);
    return;
  }
  const { faults } = error.facts as { faults?: readonly string[] };
  if (faults === undefined) console.error(`millrace: ${error.message}`);
  else for (const fault of faults) console.error(`millrace: ${fault}`);
}
