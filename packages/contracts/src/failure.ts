import { catalogue, type ErrorCode, type Facts, MillraceError } from "@millrace/vocabulary";
import type { Failure } from "./generated/failure.js";

/** An error as it crosses between processes: its name, and its facts as JSON. */
export function failureOf(error: MillraceError): Failure {
  return { code: error.code, facts: factsText(error.facts) };
}

/** The error behind a failure; a code of a newer Millrace counts as UNKNOWN_SERVER_ERROR. */
export function errorOf({ code, facts }: Failure): MillraceError {
  return isErrorCode(code)
    ? new MillraceError(code, readFacts(facts))
    : new MillraceError("UNKNOWN_SERVER_ERROR", { ...readFacts(facts), remoteCode: code });
}

/** Longer ones would not fit the trailers of a call; they are left out rather than cut. */
const factsLengthMax = 4096;

/** Facts as JSON; empty where there are none. */
export function factsText(facts: Facts): string {
  const text = JSON.stringify(facts);
  return text === "{}" || text.length > factsLengthMax ? "" : text;
}

/** Facts as another process wrote them; none where they are no JSON object. */
export function readFacts(text: string): Facts {
  if (text === "" || text.length > factsLengthMax) return {};
  try {
    const facts: unknown = JSON.parse(text);
    return typeof facts === "object" && facts !== null && !Array.isArray(facts) ? (facts as Facts) : {};
  } catch {
    return {};
  }
}

/** Whether this version knows the code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
