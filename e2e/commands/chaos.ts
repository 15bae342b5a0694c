// npm run chaos -- --minutes 10 --brokers 3 --seed 1: a cluster in which one thing after the other goes wrong, and what its clients saw of it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { chaos } from "../chaos/chaos.ts";
import { printAnomaly } from "../chaos/checker/anomalies.ts";
import { outageOf } from "../chaos/gaps.ts";
import { htmlReport } from "../chaos/report.ts";
import { passOverWarningsOfKafkajs } from "../chaos/workload/kafkajs-warnings.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    brokers: { type: "string", default: "3" },
    partitions: { type: "string", default: "12" },
    "replication-factor": { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    faults: { type: "string" },
  },
});
passOverWarningsOfKafkajs();
const command = `npm run chaos -- ${process.argv.slice(2).join(" ")}`;
console.log(command);
const report = await chaos({
  durationMs: Number(values.minutes) * 60_000,
  brokers: Number(values.brokers),
  partitions: Number(values.partitions),
  replicationFactor: Number(values["replication-factor"]),
  seed: Number(values.seed),
  ...(values.faults !== undefined && { faults: values.faults.split(",") }),
  onEvent: (text) => console.log(text),
});
const root = join(import.meta.dirname, "../..");
const path = join(root, "e2e/out", `chaos-${values.seed}.html`);
mkdirSync(join(path, ".."), { recursive: true });
writeFileSync(path, htmlReport(report, command));

const { verdict, complaints, episodes, gaps } = report;
const longestMs = Math.max(0, ...gaps.map(({ fromMs, toMs }) => toMs - fromMs));
const afterMs = Math.max(0, ...episodes.map((episode) => outageOf(episode, gaps).afterMs));
console.log(`clients: ${report.clients.join(", ")}`);
console.log(`${episodes.length} faults; ${verdict.sent.ok} values acknowledged, ${verdict.polled} records read`);
console.log(
  `longest time without an acknowledgement in a partition: ${Math.round(longestMs)} ms; after a fault: ${Math.round(afterMs)} ms`,
);
for (const [kind, count] of verdict.counts) console.log(`${kind}: ${count}`);
for (const text of [...verdict.examples.map(printAnomaly), ...complaints]) console.log(`  ${text}`);
const isSound = verdict.counts.size === 0 && complaints.length === 0;
console.log(`${isSound ? "no anomaly" : `FAILED; again: ${command}`}; ${relative(root, path)}`);
process.exit(isSound ? 0 : 1);
