import { codeOf, type ErrorCode, MillraceError } from "@millrace/vocabulary";

/** What clients of a coordinator understand of the errors that its log and its shell throw. */
const translated: Partial<Record<ErrorCode, ErrorCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: "COORDINATOR_NOT_AVAILABLE",
  NOT_ENOUGH_REPLICAS: "COORDINATOR_NOT_AVAILABLE",
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: "COORDINATOR_NOT_AVAILABLE",
  REQUEST_TIMED_OUT: "COORDINATOR_NOT_AVAILABLE",
  NOT_LEADER_OR_FOLLOWER: "NOT_COORDINATOR",
  FENCED_LEADER_EPOCH: "NOT_COORDINATOR",
  KAFKA_STORAGE_ERROR: "NOT_COORDINATOR",
  DISK_FULL: "NOT_COORDINATOR",
  DISK_FAILED: "NOT_COORDINATOR",
  MESSAGE_TOO_LARGE: "UNKNOWN_SERVER_ERROR",
  RECORD_LIST_TOO_LARGE: "UNKNOWN_SERVER_ERROR",
};

/** The error as a client of a group is told it. */
export function clientError(error: unknown): MillraceError {
  const code = codeOf(error);
  return withCode(error, translated[code] ?? code);
}

/** As `clientError`, for OffsetFetch: its older clients know no COORDINATOR_NOT_AVAILABLE and would give up. */
export function fetchError(error: unknown): MillraceError {
  const told = clientError(error);
  return told.code === "COORDINATOR_NOT_AVAILABLE" ? withCode(told, "NOT_COORDINATOR") : told;
}

function withCode(error: unknown, code: ErrorCode): MillraceError {
  if (error instanceof MillraceError && error.code === code) return error;
  return new MillraceError(code, error instanceof MillraceError ? error.facts : {}, { cause: error });
}
