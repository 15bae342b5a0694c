import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasProgram } from "../../support/command.ts";

const source = join(import.meta.dirname, "journal.c");

/** Why power cuts cannot be tried here; undefined where they can. */
export function powerCutsMissing(): string | undefined {
  if (process.platform !== "linux") return "power cuts need Linux";
  return hasProgram("gcc") ? undefined : "power cuts need gcc";
}

/** `journal.c` as a library to be preloaded; it goes when disposed of. `powerCutsMissing` must have been asked. */
export function journalLibrary(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), "millrace-journal-"));
  const path = join(folder, "journal.so");
  execFileSync("gcc", ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", path, source]);
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
