import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** One jar, as Maven names it. */
export interface Artifact {
  readonly group: string;
  readonly name: string;
  readonly version: string;
  /** Of the jar, in hexadecimal: what is fetched tomorrow is what was fetched when this was written. */
  readonly sha256: string;
}

/** Where everything is kept that tests fetch. */
export const cacheFolder: string = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "millrace");

/**
 * Fetches a jar once into the user's cache, by Maven and from wherever it is set up to fetch, and gives its path. Undefined: there is
 * no Maven, or it cannot reach a repository, and the test that wants the jar should be left out.
 */
export async function fetchJar(artifact: Artifact): Promise<string | undefined> {
  const { group, name, version } = artifact;
  const folder = join(cacheFolder, "jars");
  const file = `${name}-${version}.jar`;
  const path = join(folder, file);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  // Two test processes may fetch the same jar: each into a folder of its own, and the last rename wins.
  const own = await mkdtemp(join(folder, "fetching-"));
  try {
    const copy = ["-q", "-B", "dependency:copy", `-Dartifact=${group}:${name}:${version}`, `-DoutputDirectory=${own}`];
    if (!(await succeeds("mvn", copy, own))) return undefined;
    const sha256 = createHash("sha256")
      .update(await readFile(join(own, file)))
      .digest("hex");
    if (sha256 !== artifact.sha256) throw new Error(`${file} has checksum ${sha256}, expected ${artifact.sha256}`);
    await rename(join(own, file), path);
    return path;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

function succeeds(program: string, args: readonly string[], directory: string): Promise<boolean> {
  return promisify(execFile)(program, args, { cwd: directory }).then(
    () => true,
    () => false,
  );
}
