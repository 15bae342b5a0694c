import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** One file of Maven Central. */
export interface Artifact {
  readonly group: string;
  readonly name: string;
  readonly version: string;
  /** Of the jar, in hexadecimal: what is fetched tomorrow is what was fetched when this was written. */
  readonly sha256: string;
}

const centralUrl = "https://repo.maven.apache.org/maven2";

/**
 * Fetches a jar once into the user's cache and gives its path. Undefined: Maven Central cannot be reached, and the test that
 * wants the jar should be left out.
 */
export async function fetchJar(artifact: Artifact): Promise<string | undefined> {
  const { group, name, version } = artifact;
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "millrace", "jars");
  const path = join(folder, `${name}-${version}.jar`);
  if (existsSync(path)) return path;
  const bytes = await download(`${centralUrl}/${group.replaceAll(".", "/")}/${name}/${version}/${name}-${version}.jar`);
  if (bytes === undefined) return undefined;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== artifact.sha256) throw new Error(`${name}-${version}.jar has checksum ${sha256}, expected ${artifact.sha256}`);
  await mkdir(folder, { recursive: true });
  // Two test processes may fetch the same jar: each writes its own file, and the last rename wins.
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, bytes);
  await rename(temporary, path);
  return path;
}

async function download(url: string): Promise<Buffer | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) return undefined;
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
