// Runs one of the tools: node scripts/run.mjs oxfmt .
import { install, run } from "./setup.mjs";

const [tool, ...args] = process.argv.slice(2);
install();
process.exit(run(tool, args));
