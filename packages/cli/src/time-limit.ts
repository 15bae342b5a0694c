import { type ErrorCode, type Facts, MillraceError } from "@millrace/vocabulary";

/** Resolves or rejects as the promise does; after `limitMs` rejects with `code`. What the promise does later is passed over. */
export async function within<Value>(
  limitMs: number,
  promise: Promise<Value>,
  { code = "REQUEST_TIMED_OUT", facts = {} }: { readonly code?: ErrorCode; readonly facts?: Facts } = {},
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MillraceError(code, { ...facts, timeoutMs: limitMs })), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
