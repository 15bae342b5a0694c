import type { ErrorCode, Facts } from "@millrace/vocabulary";

/** To a worker thread. The memory of the input moves with it. */
export interface WorkRequest {
  readonly task: string;
  readonly input: readonly Uint8Array[];
}

/** From a worker thread: what the task returned, or threw. */
export type WorkAnswer = { readonly output: Uint8Array[] } | WorkFailure;

export interface WorkFailure {
  readonly kind: "millrace" | "assertion" | "other";
  /** Of a MillraceError. */
  readonly code: ErrorCode;
  readonly facts: Facts;
  readonly message: string;
}
