import { createReadStream } from "node:fs";
import { misuse } from "../option-values.ts";

/** So much of a file is read at once. */
const chunkBytes = 256 * 1024;

/**
 * The bytes of files, one after the other, or of stdin where none is named; `-` is stdin, too. Ends early when `stopped` aborts.
 * CONFIGURATION_INVALID, with its name, for a file that cannot be read.
 */
export async function* readInputs(files: readonly string[], stopped: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  for (const file of files.length === 0 ? ["-"] : files) {
    if (stopped.aborted) return;
    const stream = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: chunkBytes });
    const stop = () => void stream.destroy();
    stopped.addEventListener("abort", stop);
    try {
      yield* stream as AsyncIterable<Buffer>;
    } catch (cause) {
      if (stopped.aborted) return;
      throw misuse(`--file: cannot read ${file}: ${(cause as Error).message}`);
    } finally {
      stopped.removeEventListener("abort", stop);
    }
  }
}
