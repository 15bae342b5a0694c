// npm test: installs, then runs every test; arguments after -- go to vitest.
import { install, run } from "./setup.mjs";

install();
process.exit(run("vitest", ["run", ...process.argv.slice(2)]));
