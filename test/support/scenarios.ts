import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Carries out one line of a story and gives the lines of its trace. */
export type Teller = (line: string) => Promise<readonly string[]> | readonly string[];

/** Part of a story: comment, lines, and the trace that they leave. */
interface Passage {
  readonly comment: readonly string[];
  readonly lines: readonly string[];
  readonly trace: readonly string[];
}

/**
 * Makes a test of every story in a folder, named by the comment it begins with. A story is text:
 *
 *     # What it claims.
 *     first command; second command
 *     third command
 *     ----
 *     the trace of the three
 *
 * and so on, passages divided by an empty line; the state goes on from one to the next. With SCENARIOS=rewrite in the
 * environment the traces are written instead of compared, to be reviewed as a diff.
 */
export function tellScenarios(folder: string, begin: () => { tell: Teller; end?: () => Promise<void> | void }): void {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()) {
    const path = join(folder, file);
    const passages = parse(readFileSync(path, "utf8"));
    test(titleOf(passages, file), async () => {
      const { tell, end } = begin();
      const told: Passage[] = [];
      for (const passage of passages) told.push({ ...passage, trace: await traceOf(passage, tell) });
      await end?.();
      if (process.env["SCENARIOS"] === "rewrite") writeFileSync(path, print(told));
      else expect(print(told)).toBe(print(passages));
    });
  }
}

async function traceOf({ lines }: Passage, tell: Teller): Promise<string[]> {
  const trace: string[] = [];
  for (const line of lines) for (const command of line.split(";")) trace.push(...(await tell(command.trim())));
  return trace;
}

function titleOf(passages: readonly Passage[], file: string): string {
  const comment = (passages[0]?.comment ?? []).map((line) => line.replace(/^#\s*/, "")).join(" ");
  return comment === "" ? file : comment.replace(/\.$/, "");
}

function parse(text: string): Passage[] {
  return text
    .split(/\n\n+/)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const all = part.trimEnd().split("\n");
      const divider = all.indexOf("----");
      const head = divider === -1 ? all : all.slice(0, divider);
      return {
        comment: head.filter((line) => line.startsWith("#")),
        lines: head.filter((line) => !line.startsWith("#") && line.trim() !== ""),
        trace: divider === -1 ? [] : all.slice(divider + 1),
      };
    });
}

function print(passages: readonly Passage[]): string {
  return `${passages.map(({ comment, lines, trace }) => [...comment, ...lines, "----", ...trace].join("\n")).join("\n\n")}\n`;
}
