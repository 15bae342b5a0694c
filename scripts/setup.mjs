// Installs what is missing and builds what is stale. Plain JavaScript for Node 20: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");

/** The environment in which our own Node and tools come first. */
export function environment() {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
}

/** The package manager, in the version that the project was made with, as `npx` wants it. */
export function packageManager() {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devEngines.packageManager;
  return `${name}@${version}`;
}

/** Installs the dependencies, if the lockfile is another than the one that was installed. */
export function install() {
  const stampFile = join(root, "node_modules", ".millrace-lockfile");
  const stamp = createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  console.error("millrace: installing dependencies (once)");
  const { status } = spawnSync("npx", ["-y", packageManager(), "install", "--frozen-lockfile", "--config.engine-strict=false"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) {
    console.error("millrace: the installation failed; the lines above say why. Is the registry within reach?");
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}

/** Runs a program to its end with our own Node first on the PATH; gives its exit status, 1 where a signal ended it. */
export function run(program, args, extra = {}) {
  const { status, signal, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", env: { ...environment(), ...extra } });
  if (error) throw error;
  return signal ? 1 : status;
}
