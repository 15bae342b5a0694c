import { MillraceError } from "@millrace/vocabulary";

/** What the kernel says where there is no room left: on the device, or in the user's quota. */
const fullErrnos: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** DISK_FULL or DISK_FAILED, with `operation`, `path` and `errno`. */
export function diskError(operation: string, path: string, errno: string, cause?: unknown): MillraceError {
  return new MillraceError(fullErrnos.has(errno) ? "DISK_FULL" : "DISK_FAILED", { operation, path, errno }, { cause });
}
