import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Difference } from "./comparison.ts";

const document = join(import.meta.dirname, "../../docs/differences.md");

/** What requests are called that a seed decides begins with this. */
const drawn = "drawn";

/** A line of docs/differences.md. `*` in a cell stands for any text. */
export interface Explanation {
  readonly line: string;
  readonly api: string;
  readonly field: string;
  readonly situation: string;
  readonly kafka: string;
  readonly millrace: string;
}

/** The differences that are known, each with its reason. */
export class Explanations {
  readonly #all: readonly Explanation[] = readExplanations();
  readonly #met = new Set<Explanation>();

  /** Those of the differences that no line explains. */
  unexplained(differences: readonly Difference[]): Difference[] {
    return differences.filter((difference) => {
      const explanations = this.#all.filter((explanation) => explains(explanation, difference));
      for (const explanation of explanations) this.#met.add(explanation);
      return explanations.length === 0;
    });
  }

  /** Lines that explained nothing so far, without those about requests that are drawn: whether one of these is met is chance. */
  get idle(): readonly Explanation[] {
    return this.#all.filter((explanation) => !this.#met.has(explanation) && !explanation.situation.startsWith(drawn));
  }
}

function explains(explanation: Explanation, difference: Difference): boolean {
  const cells = ["api", "field", "situation", "kafka", "millrace"] as const;
  return cells.every((cell) => isMatch(explanation[cell], difference[cell]));
}

function isMatch(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = rest.at(-1)!;
  return text.length - last.length >= at && text.endsWith(last);
}

/** Rows of tables whose heading is that of the differences; code marks are for the reader. */
function readExplanations(): Explanation[] {
  const rows = readFileSync(document, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"));
  return rows
    .filter((line) => !/^\| (API|-)/.test(line) && !line.startsWith("|--"))
    .map((line) => {
      const [api = "", field = "", situation = "", kafka = "", millrace = ""] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim().replaceAll("`", ""));
      return { line, api, field, situation, kafka, millrace };
    });
}
