// npm run pack -- DIRECTORY: builds what is published, and packs a tarball of each into the directory.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { install, packageManager, root, run } from "./setup.mjs";

const published = ["packages/cli", "packages/client"];

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error("usage: npm run pack -- DIRECTORY\nexample: npm run pack -- /tmp/tarballs");
  process.exit(2);
}
const target = resolve(process.env.INIT_CWD ?? process.cwd(), directory);
install();
mkdirSync(target, { recursive: true });
// turbo looks for the package manager on the PATH, where npx puts it.
step("npx", ["-y", "-p", packageManager(), "-c", "turbo run build --output-logs=errors-only"]);
// npm's own pack knows nothing of publishConfig.exports, nor of workspace versions.
for (const folder of published) step("npx", ["-y", packageManager(), "--dir", join(root, folder), "pack", "--pack-destination", target]);

function step(program, args) {
  const status = run(program, args, { TURBO_TELEMETRY_DISABLED: "1" });
  if (status !== 0) process.exit(status);
}
