// The command line of a clone: sets up what is missing, then runs the bundle; with --source first, the sources.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, bundle } from "./build.mjs";
import { environment, install, root } from "./setup.mjs";

const args = process.argv.slice(2);
const fromSource = args[0] === "--source";
install();
if (!fromSource) await build();
const entry = fromSource ? join(root, "packages/cli/src/main.ts") : bundle;

const child = spawn(join(root, "node_modules/.bin/node"), [entry, ...(fromSource ? args.slice(1) : args)], {
  stdio: "inherit",
  env: environment(),
});
// Ctrl-C reaches the child from the terminal as well; other signals reach only this process.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal === null ? code : 1));
