import { codeOf, MillraceError } from "@millrace/vocabulary";

/** What an entry of a request comes to, or its refusal. NOT_CONTROLLER is the whole request's, as is what else went wrong. */
export function refusedOr<Result>(decide: () => Result): Result | MillraceError {
  try {
    return decide();
  } catch (error) {
    return refusalOf(error);
  }
}

/** A refusal is the entry's answer; what else went wrong is the request's. */
export function refusalOf(error: unknown): MillraceError {
  if (error instanceof MillraceError && codeOf(error) !== "NOT_CONTROLLER") return error;
  throw error;
}

/** The names that stand in a list more than once. */
export function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}
