import { MiB, MillraceError } from "@millrace/vocabulary";

/** A longer line would not fit a record: what it grew to is not gathered first. */
export const lineBytesMax: number = 8 * MiB;

const newline = 10;

/**
 * Cuts bytes into lines, without the line break, as they come: for each chunk the lines that end in it, and last the one that
 * ends without a line break, if there is one. A carriage return belongs to its line. RECORD_INVALID for a line that is longer than 8 MiB.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer[], void, undefined> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let lineCount = 0;
  for await (const chunk of chunks) {
    const lines: Buffer[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const end = chunk.subarray(from, at);
      lines.push(begunBytes === 0 ? end : Buffer.concat([...begun, end]));
      if (begunBytes > 0) [begun, begunBytes] = [[], 0];
      from = at + 1;
    }
    lineCount += lines.length;
    if (from < chunk.length) begun.push(chunk.subarray(from));
    begunBytes += chunk.length - from;
    if (begunBytes > lineBytesMax) throw tooLong(lineCount + 1);
    if (lines.length > 0) yield lines;
  }
  if (begunBytes > 0) yield [Buffer.concat(begun)];
}

function tooLong(line: number): MillraceError {
  return new MillraceError("RECORD_INVALID", { line, reason: `a record holds at most ${lineBytesMax} bytes; divide the line` });
}
