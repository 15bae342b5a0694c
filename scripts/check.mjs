// npm run check: everything CI runs: format, lint, types, tests. Arguments after -- go to vitest.
import { install, run } from "./setup.mjs";

install();
const steps = [
  ["oxfmt", ["--check", "."]],
  ["oxlint", []],
  ["tsc", ["-p", "tsconfig.json"]],
  ["vitest", ["run", ...process.argv.slice(2)]],
];
for (const [tool, args] of steps) {
  console.log(`\n> ${tool} ${args.join(" ")}`);
  const status = run(tool, args);
  if (status !== 0) process.exit(status);
}
