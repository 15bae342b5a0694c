import { codeOf, type ErrorCode } from "@millrace/vocabulary";

/** What a command's end tells the shell. 130 is what shells themselves say of a command that Ctrl-C ended. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, notFound: 3, timedOut: 4, interrupted: 130 } as const;

const notFound: ReadonlySet<ErrorCode> = new Set([
  "UNKNOWN_TOPIC_OR_PARTITION",
  "UNKNOWN_TOPIC_ID",
  "GROUP_ID_NOT_FOUND",
  "RESOURCE_NOT_FOUND",
  "BROKER_ID_NOT_REGISTERED",
  "VOTER_NOT_FOUND",
  "CLUSTER_NOT_RUNNING",
]);

/** The exit code that an error stands for. */
export function exitCodeOf(error: unknown): number {
  const code = codeOf(error);
  if (notFound.has(code)) return exitCodes.notFound;
  if (code === "REQUEST_TIMED_OUT" || code === "CONNECTION_FAILED") return exitCodes.timedOut;
  return code === "CONFIGURATION_INVALID" ? exitCodes.usage : exitCodes.failed;
}
