import { type Normal, normalOutcome } from "./normal-form.ts";
import type { Side } from "./side.ts";
import type { Step } from "./transcript.ts";

/** Something that Millrace says otherwise than Kafka. */
export interface Difference {
  readonly api: string;
  readonly version: number;
  readonly situation: string;
  /** Where in the answer, without indexes: `topics[].errorCode`; `(outcome)` where not both answered. */
  readonly field: string;
  readonly kafka: string;
  readonly millrace: string;
  readonly request: unknown;
}

/** Compares what two sides noted, step by step and field by field. */
export async function compareSides(kafka: Side, millrace: Side): Promise<Difference[]> {
  const [expected, found] = [await kafka.steps(), await millrace.steps()];
  const differences: Difference[] = [];
  for (let index = 0; index < Math.max(expected.length, found.length); index++) {
    const [theirs, ours] = [expected[index], found[index]];
    const asked = (theirs ?? ours)!;
    const between = valueDifferences(normalOf(theirs, kafka), normalOf(ours, millrace));
    const { api, version, situation, request } = asked;
    for (const { path, ...values } of between)
      differences.push({ api, version, situation, field: path || "(outcome)", ...values, request });
  }
  return differences;
}

/** A side that could not go on asked less than the other. */
function normalOf(step: Step | undefined, { aliases }: Side): Normal {
  return step === undefined ? "not asked" : normalOutcome(step.outcome, aliases);
}

interface ValueDifference {
  readonly path: string;
  readonly kafka: string;
  readonly millrace: string;
}

function valueDifferences(kafka: Normal, millrace: Normal, path = ""): ValueDifference[] {
  if (isObject(kafka) && isObject(millrace)) {
    const names = [...new Set([...Object.keys(kafka), ...Object.keys(millrace)])];
    return names.flatMap((name) => valueDifferences(kafka[name], millrace[name], join(path, name)));
  }
  if (Array.isArray(kafka) && Array.isArray(millrace) && kafka.length === millrace.length) {
    return kafka.flatMap((value, index) => valueDifferences(value as Normal, millrace[index] as Normal, `${path}[]`));
  }
  const printed = { kafka: print(kafka), millrace: print(millrace) };
  return printed.kafka === printed.millrace ? [] : [{ path, ...printed }];
}

function join(path: string, name: string): string {
  if (name.startsWith("[")) return `${path}[]`;
  return path === "" ? name : `${path}.${name}`;
}

function isObject(value: Normal): value is { readonly [name: string]: Normal } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An empty array of elements with keys and one without are the same. */
function print(value: Normal): string {
  if (value === undefined) return "absent";
  if (isObject(value)) return "present";
  if (Array.isArray(value)) return JSON.stringify(value);
  return typeof value === "string" ? (value === "" ? '""' : value) : String(value);
}
