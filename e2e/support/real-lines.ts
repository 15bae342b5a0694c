import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = "/var/lib/dpkg/info";

/**
 * Lines that somebody wrote for another purpose, some 100,000 of them: the files of every package that is installed, as Debian lists
 * them, and their checksums where the files alone are too few. Undefined where this is no Debian machine.
 */
export function realLines(): Buffer | undefined {
  const read = (ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => readFileSync(join(folder, name)));
  try {
    const lists = Buffer.concat(read(".list"));
    return countLines(lists) >= 100_000 ? lists : Buffer.concat([lists, ...read(".md5sums")]);
  } catch {
    return undefined;
  }
}

export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
