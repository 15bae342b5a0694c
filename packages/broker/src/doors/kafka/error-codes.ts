import { type ErrorCode, MillraceError, wireOf } from "@millrace/vocabulary";

/** What Kafka's clients are told for errors that only Millrace knows: the nearest that makes them do the right thing. */
const substitutes: Partial<Record<ErrorCode, ErrorCode>> = {
  // Retried by every producer, with nothing written.
  MEMORY_EXHAUSTED: "NOT_ENOUGH_REPLICAS",
  DISK_FULL: "KAFKA_STORAGE_ERROR",
  DISK_FAILED: "KAFKA_STORAGE_ERROR",
  DATA_DAMAGED: "KAFKA_STORAGE_ERROR",
};

/** Kafka's number for an error; 0 for none. */
export function errorCodeOf(error: MillraceError | undefined): number {
  if (error === undefined) return 0;
  return wireOf(substitutes[error.code] ?? error.code);
}

/** The error in a result of something that may have failed for the world's reasons; bugs are thrown on. */
export function expectMillraceError(error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  throw error;
}

/** Error code and message, as most answers carry them. */
export function errorFields(error: MillraceError | undefined): { errorCode: number; errorMessage: string | null } {
  return { errorCode: errorCodeOf(error), errorMessage: error?.message ?? null };
}
