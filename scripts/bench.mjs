// npm run bench -- NAME …: the side-by-side benchmarks, against the bundle. Without a name: which there are.
import { join } from "node:path";
import { build } from "./build.mjs";
import { install, root, run } from "./setup.mjs";

const names = ["produce", "consume", "latency", "start", "memory", "growth", "controller", "gap", "profile"];
const [name, ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`usage: npm run bench -- ${names.join("|")} …, each with --help`);
  process.exit(2);
}
install();
await build();
process.exit(run("node", [join(root, `bench/${name}.ts`), ...args]));
