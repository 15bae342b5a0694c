// Bundles what is started and measured: the command line with the broker in it, and the worker. Rebuilds when a source has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, root } from "./setup.mjs";

const outputDirectory = join(root, "packages/cli/dist");
/** What `npm start` runs. */
export const bundle = join(outputDirectory, "millrace.mjs");
const stampFile = join(outputDirectory, ".sources");

/** Builds the bundle unless it is there and every source is as it was. */
export async function build() {
  const stamp = sourceHash();
  if (existsSync(bundle) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(outputDirectory, { recursive: true, force: true });
  mkdirSync(outputDirectory, { recursive: true });
  await bundleInto(outputDirectory);
  writeFileSync(stampFile, stamp);
}

/** Bundles into a directory that is there, by way of plug-ins that a test may have. */
export async function bundleInto(directory, plugins = []) {
  const { build: esbuild } = await import("esbuild");
  await esbuild({
    absWorkingDir: root,
    entryPoints: { millrace: "packages/cli/src/main.ts", worker: "packages/server/src/worker.ts" },
    outdir: directory,
    plugins,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // Commands load what they need when they run: grpc-js alone costs 85 ms.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    platform: "node",
    format: "esm",
    target: "node24",
    external: ["lmdb", "@node-rs/crc32"],
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    define: { "globalThis.millraceBundle": "true" },
    sourcemap: "linked",
    legalComments: "none",
    logLevel: "warning",
  });
}

/** Changes with every change of a source, of the dependencies, and of this file. */
function sourceHash() {
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "scripts/build.mjs"]) hash.update(readFileSync(join(root, file)));
  for (const name of readdirSync(join(root, "packages")).sort()) {
    const sources = join(root, "packages", name, "src");
    if (!existsSync(sources)) continue;
    for (const entry of readdirSync(sources, { recursive: true }).sort()) {
      if (/\.(ts|js)$/.test(entry)) hash.update(entry).update(readFileSync(join(sources, entry)));
    }
  }
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install();
  await build();
}
