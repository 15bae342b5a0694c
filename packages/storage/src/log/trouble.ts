import { MillraceError } from "@millrace/vocabulary";
import { damagedFrom } from "../segment/damage.ts";
import { isOutOfDescriptors } from "../segment/open-files.ts";
import type { LogState } from "./log-state.ts";

/**
 * Draws the consequences of an error that met the log's files or hints, and comes back with what to tell others.
 *
 * - No room: appends are refused until there is some; nothing is lost that was acknowledged.
 * - No descriptor left, or a log that is gone: a matter of that operation alone.
 * - A damaged batch: the observer is told, who may have the log copied from others.
 * - Anything else that the disk or the store refused: the directory is given up.
 */
export function troubled(state: LogState, cause: unknown): MillraceError {
  const { around } = state;
  if (!(cause instanceof MillraceError)) return around.fail(cause);
  const isGone = state.refusal === "closed" || state.refusal === "removed";
  const from = damagedFrom(cause);
  if (from !== undefined && !isGone) state.damaged(from, cause);
  if (cause.code === "DISK_FULL") around.becomeFull(cause);
  else if (cause.code === "DISK_FAILED" && !isGone && !isOutOfDescriptors(cause)) return around.fail(cause);
  if (cause.code === "KAFKA_STORAGE_ERROR" || cause.code === "OFFSET_OUT_OF_RANGE") return cause;
  return new MillraceError("KAFKA_STORAGE_ERROR", { log: state.name, cause: cause.code, ...cause.facts }, { cause });
}
