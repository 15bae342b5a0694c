import { isUuid, type MillraceError } from "@millrace/vocabulary";

/** An error's code and facts, for a trace; ids, which chance drew, are left out. */
export function refusal(error: MillraceError): string {
  const facts = Object.entries(error.facts).filter(([name]) => !["topicId", "clusterId", "given"].includes(name));
  return [error.code, ...facts.map(([name, value]) => `${name}=${printFact(value)}`)].join(" ");
}

function printFact(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return isUuid(value) ? "(id)" : value;
}
