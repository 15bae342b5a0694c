import { codeOf } from "@millrace/vocabulary";

/** Words of the form key=value, and the others. */
export interface Words {
  readonly options: ReadonlyMap<string, string>;
  readonly plain: readonly string[];
}

export function parseWords(words: readonly string[]): Words {
  const options = new Map<string, string>();
  for (const word of words) if (word.includes("=")) options.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
  return { options, plain: words.filter((word) => !word.includes("=")) };
}

/** `3s`, `250ms`, `5min`, `8d`. */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|min|h|d)$/.exec(text)!;
  const units = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
  return Number(count) * units[unit as keyof typeof units];
}

/** `orders-0`. */
export function partitionOf(name: string): { topic: string; partition: number } {
  const dash = name.lastIndexOf("-");
  return { topic: name.slice(0, dash), partition: Number(name.slice(dash + 1)) };
}

/** A group id; two quotes are the empty one. */
export function groupOf(word: string): string {
  return word === "''" ? "" : word;
}

/** An error, or that there is none. */
export function faultWord(fault: unknown): string {
  return fault === undefined ? "ok" : codeOf(fault);
}
