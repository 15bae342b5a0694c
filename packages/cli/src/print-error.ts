import { MillraceError } from "@millrace/vocabulary";
import { adviceOn } from "./advice.ts";
import { columnsOfStderr, folded } from "./output/terminal.ts";

/** Of the further lines of an error that a terminal has no room for in one. */
const indent = 2;

/** Says on stderr what went wrong and what to do next: one line, or one for each fault of a configuration. */
export function printError(error: unknown): void {
  if (error instanceof MillraceError)
    for (const line of linesOf(error)) console.error(folded(`millrace: ${line}`, columnsOfStderr(), indent));
  else console.error("millrace:", error);
}

/** Facts that say how the cluster was asked: of no use to whoever typed the command, or said by the advice. */
const silentFacts: ReadonlySet<string> = new Set(["path", "peer", "nearest"]);

/** The error in words. */
export function linesOf(error: MillraceError): readonly string[] {
  const { faults } = error.facts as { faults?: readonly string[] };
  if (faults !== undefined) return faults;
  const facts = Object.fromEntries(Object.entries(error.facts).filter(([name]) => !silentFacts.has(name)));
  const { message } = new MillraceError(error.code, facts);
  const advice = adviceOn(error);
  return [advice === undefined ? message : `${message}; ${advice}`];
}
