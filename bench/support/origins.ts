import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");
const maps = readingOnce((path) =>
  existsSync(`${path}.map`) ? new SourceMap(JSON.parse(readFileSync(`${path}.map`, "utf8"))) : undefined,
);

/** Where a place in a bundle comes from: the source and its line, from the root of the repository on. Line and column count from 0. */
export function originOf(path: string, line: number, column: number): string {
  const entry = maps(path)?.findEntry(line, column);
  if (entry === undefined || !("originalSource" in entry)) return `${relative(root, path)}:${line + 1}`;
  return `${relative(root, join(dirname(path), entry.originalSource))}:${entry.originalLine + 1}`;
}

function readingOnce<Value>(read: (path: string) => Value): (path: string) => Value {
  const known = new Map<string, Value>();
  return (path) => {
    if (!known.has(path)) known.set(path, read(path));
    return known.get(path)!;
  };
}
