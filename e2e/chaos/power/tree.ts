import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Directory, type Inode } from "@millrace/runtime/simulated";

/** Zeros of this length are left out, as a file of holes leaves them. */
const chunkBytes = 64 * 1024;
const zeros = Buffer.alloc(chunkBytes);

/** Makes a directory of the real disk what one of the model is. */
export function writeTree(directory: Directory, path: string): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { mode: 0o700 });
  for (const [name, entry] of directory.entries) {
    if (entry instanceof Directory) writeTree(entry, join(path, name));
    else writeFile(entry, join(path, name));
  }
}

/** Every file below a directory of the model, with its path there. */
export function* filesBelow(directory: Directory, above = ""): Generator<{ readonly path: string; readonly file: Inode }> {
  for (const [name, entry] of directory.entries) {
    const path = join(above, name);
    if (entry instanceof Directory) yield* filesBelow(entry, path);
    else yield { path, file: entry };
  }
}

function writeFile({ bytes }: Inode, path: string): void {
  const file = openSync(path, "w", 0o600);
  ftruncateSync(file, bytes.length);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes);
    if (!chunk.equals(zeros.subarray(0, chunk.length))) writeSync(file, chunk, 0, chunk.length, at);
  }
  closeSync(file);
}
