// npm run model -- --runs 10000: the log, its compaction, groups and their shards against models of them, in as many runs each.
import { parseArgs } from "node:util";
import { install, run } from "./setup.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "10000" } } });
install();
const tests = [
  "packages/storage/test/log-model.test.ts",
  "packages/storage/test/compaction-model.test.ts",
  "packages/coordinator/test/groups.property.test.ts",
  "packages/coordinator/test/shard.property.test.ts",
];
process.exit(run("vitest", ["run", "--testTimeout=0", "--no-file-parallelism", ...tests], { MILLRACE_MODEL_RUNS: values.runs }));
