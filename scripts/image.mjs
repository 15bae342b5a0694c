// node scripts/image.mjs DIRECTORY: what an image needs to run and nothing else: the bundle, and the native modules that it leaves outside.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, bundle } from "./build.mjs";
import { install, root } from "./setup.mjs";

const directory = process.argv[2];
if (directory === undefined) {
  console.error("usage: node scripts/image.mjs DIRECTORY");
  process.exit(2);
}
install();
await build();

const { name, version, license, dependencies } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, "package.json"), JSON.stringify({ name, version, license, type: "module", dependencies }, null, 2));
cpSync(dirname(bundle), join(directory, "dist"), { recursive: true });
const { status } = spawnSync("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", "--no-package-lock"], {
  cwd: directory,
  stdio: "inherit",
});
process.exit(status ?? 1);
