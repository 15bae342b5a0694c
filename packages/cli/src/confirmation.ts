import { createInterface } from "node:readline/promises";
import { misuse } from "./option-values.ts";
import { isInteractive } from "./output/terminal.ts";

/** CONFIGURATION_INVALID, naming `--yes`, where nobody can be asked whether the names are to go. */
export function checkAskable(names: readonly string[]): void {
  if (!isInteractive()) throw misuse(`--yes: without a terminal to ask at, say --yes to delete ${names.join(", ")}`);
}

/**
 * Has somebody type the names of what is about to go. CONFIGURATION_INVALID where another name is typed, or none.
 *
 * @param noun what the names name: `topic`
 */
export async function confirmDeletion(noun: string, names: readonly string[]): Promise<void> {
  // Not as a terminal: Ctrl-C then ends the process as it always does.
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    for (const name of names) {
      const typed = await Promise.race([
        terminal.question(`This deletes the ${noun} ${name} and cannot be undone. Type its name to go on: `),
        new Promise<string>((resolve) => terminal.once("close", () => resolve(""))),
      ]);
      if (typed.trim() !== name) throw misuse(`that is not ${name}; nothing was deleted`);
    }
  } finally {
    terminal.close();
  }
}
