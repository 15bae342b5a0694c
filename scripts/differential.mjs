// npm run differential -- --seed N --runs N: Kafka and Millrace asked the same, with more requests drawn than the tests draw.
import { parseArgs } from "node:util";
import { install, run } from "./setup.mjs";

const { values } = parseArgs({ options: { seed: { type: "string", default: "4711" }, runs: { type: "string", default: "200" } } });
install();
const drawn = { DIFFERENTIAL_SEED: values.seed, DIFFERENTIAL_RUNS: values.runs };
process.exit(run("vitest", ["run", "e2e/differential", "--testTimeout", "3600000"], drawn));
