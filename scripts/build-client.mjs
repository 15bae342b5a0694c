// Builds the published client: one module without dependencies, and the types that its public face is made of.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { install, root } from "./setup.mjs";

const packages = join(root, "packages");
const outputDirectory = join(packages, "client/dist");
const typesDirectory = join(outputDirectory, "types");
/** Whose declarations the client's may name. */
const declared = ["vocabulary", "runtime", "records", "contracts", "rpc", "client"];

install();
rmSync(outputDirectory, { recursive: true, force: true });
await bundle();
copyDeclarations(emitDeclarations());

async function bundle() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: ["packages/client/src/index.ts"],
    outfile: join(outputDirectory, "index.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // Faster checksums where somebody has installed it; the client asks for it by itself.
    external: ["@node-rs/crc32"],
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    sourcemap: "linked",
    legalComments: "linked",
    logLevel: "warning",
  });
}

/** Declarations of every package that may be named, in a folder that is gone when this process ends. */
function emitDeclarations() {
  const directory = mkdtempSync(join(packages, "client/.types-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const project = join(directory, "tsconfig.json");
  // Through node_modules they would be packages of somebody else, of which nothing is emitted.
  const paths = Object.fromEntries(declared.flatMap(pathsOf));
  const options = { noEmit: false, emitDeclarationOnly: true, outDir: directory, rootDir: packages, paths };
  const files = declared.map((name) => join(packages, name, "src/index.ts"));
  writeFileSync(project, JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions: options, include: [], files }));
  const { status } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", project], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
  return directory;
}

/** Every name under which something of a package is imported, and the source behind it. */
function pathsOf(name) {
  const typed = (source) => join(packages, name, source.replace(/\.js$/, ".d.ts"));
  return Object.entries(exportsOf(name)).map(([entry, source]) => [join("@millrace", name, entry), [typed(source)]]);
}

function exportsOf(name) {
  return JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).exports;
}

/** Copies what can be reached from the client's face, and lets every import point to the copies. */
function copyDeclarations(from) {
  const open = ["client/src/index.d.ts"];
  const done = new Set(open);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const text = readFileSync(join(from, file), "utf8").replaceAll(/(\bfrom |\bimport\()"([^"]+)"/g, (whole, before, specifier) => {
      const target = targetOf(specifier, file);
      if (target === undefined) return whole;
      if (!existsSync(join(from, target))) copyGenerated(target, from);
      if (!done.has(target)) open.push(target);
      done.add(target);
      const path = relative(dirname(file), target).replace(/\.d\.ts$/, ".js");
      return `${before}"${path.startsWith(".") ? path : `./${path}`}"`;
    });
    mkdirSync(dirname(join(typesDirectory, file)), { recursive: true });
    writeFileSync(join(typesDirectory, file), text);
  }
}

/** The declarations that an import stands for; undefined for a package of somebody else. */
function targetOf(specifier, importer) {
  const [, name, entry] = /^@millrace\/([a-z]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name !== undefined) {
    const exports = exportsOf(name);
    const source = entry === undefined ? exports["."] : (exports[`./${entry}`] ?? exports["./*"].replace("*", entry));
    return join(name, source).replace(/\.(ts|js)$/, ".d.ts");
  }
  if (!specifier.startsWith(".")) return undefined;
  return join(dirname(importer), specifier).replace(/\.(ts|js)$/, ".d.ts");
}

/** Declarations that were generated lie beside the sources. */
function copyGenerated(file, to) {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  cpSync(join(packages, file), join(to, file));
}
