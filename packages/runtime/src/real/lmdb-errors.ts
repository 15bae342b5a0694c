import { MillraceError } from "@millrace/vocabulary";
import { diskError } from "../disk-error.ts";
import { errnoOf } from "./errno.ts";

/** What lmdb answers where a file is none of its own, or is broken. */
const damageCodes: ReadonlySet<number> = new Set([
  -30797, // MDB_PAGE_NOTFOUND
  -30796, // MDB_CORRUPTED
  -30795, // MDB_PANIC
  -30794, // MDB_VERSION_MISMATCH
  -30793, // MDB_INVALID
]);

/** The error of a store that could not be opened. lmdb's own errors carry a number as their code. */
export function openError(path: string, error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  const { code, message } = error as { code?: unknown; message?: string };
  if (typeof code === "number" && damageCodes.has(code))
    return new MillraceError("DATA_DAMAGED", { store: path, lmdb: message }, { cause: error });
  return diskError("open", path, typeof code === "number" ? `E${code}` : errnoOf(error), error);
}

/** lmdb tells the reason of a failed commit by a second promise, which for some reasons it never settles. */
const reasonWaitMs = 1000;

/** Why a commit failed, in a word. Also claims the second rejection, which would else reach the process as unhandled. */
export async function commitReasonOf(rejection: unknown): Promise<string> {
  const reason = (rejection as { commitError?: Promise<unknown> }).commitError;
  if (reason === undefined) return String(rejection);
  const told = reason.then(String, (inner: unknown) => (inner as Error).message);
  return Promise.race([told, new Promise<string>((resolve) => void setTimeout(() => resolve(String(rejection)), reasonWaitMs).unref())]);
}
