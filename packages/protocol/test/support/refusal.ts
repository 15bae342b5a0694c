import { type ErrorCode, MillraceError } from "@millrace/vocabulary";

/** What an attempt comes to: the code that it was refused with, or undefined. Anything else that is thrown goes on. */
export function refusalOf(attempt: () => unknown): ErrorCode | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof MillraceError) return error.code;
    throw error;
  }
}
