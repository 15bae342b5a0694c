import { isatty } from "node:tty";
import { stripVTControlCharacters, styleText } from "node:util";

/** Whether a person reads stdout. */
export function isStdoutTerminal(): boolean {
  return isatty(1);
}

/** Whether somebody can be asked: a person reads what we say, and types. */
export function isInteractive(): boolean {
  return isatty(0) && isatty(2);
}

/** Columns of the terminal that reads stdout; Infinity for pipes and files, whose lines are never cut. */
export function columnsOfStdout(): number {
  return isatty(1) ? process.stdout.columns : Infinity;
}

/** The same of stderr. */
export function columnsOfStderr(): number {
  return isatty(2) ? process.stderr.columns : Infinity;
}

/** The text with line breaks between words, so that no line is longer than `columns`, where that can be; all but the first indented. */
export function folded(text: string, columns: number, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : " ".repeat(indent) + word);
  }
  return lines.join("\n");
}

export type Tone = "strong" | "faint" | "bad";

const styles = { strong: "bold", faint: "dim", bad: "red" } as const;

/** Gives text for stdout a tone, on terminals, unless NO_COLOR says no. */
export function toned(tone: Tone, text: string): string {
  const { NO_COLOR = "", TERM } = process.env;
  return isatty(1) && NO_COLOR === "" && TERM !== "dumb" ? styleText(styles[tone], text, { validateStream: false }) : text;
}

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** The text with control characters spelt out, so that a name from elsewhere cannot steer the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => `\\x${character.codePointAt(0)!.toString(16).padStart(2, "0")}`);
}
