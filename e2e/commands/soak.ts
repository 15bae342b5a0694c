// npm run soak -- --minutes 30: a mixed load with a crash every minute; the report is printed and kept as e2e/out/soak.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { soak } from "../chaos/soak.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    "crash-every-seconds": { type: "string", default: "60" },
    "records-per-second": { type: "string", default: "2000" },
  },
});
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
console.log(`soak: ${values.minutes} minutes, a crash every ${values["crash-every-seconds"]} s`);
const report = await soak({
  durationMs: Number(values.minutes) * 60_000,
  crashEveryMs: Number(values["crash-every-seconds"]) * 1_000,
  recordsPerSecond: Number(values["records-per-second"]),
  onSample: ({ atMs, residentBytes, handles, acknowledged }) =>
    console.log(`${(atMs / 60_000).toFixed(1)} min: ${mib(residentBytes)} resident, ${handles} handles, ${acknowledged} acknowledged`),
});
const out = join(import.meta.dirname, "../out");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "soak.json"), `${JSON.stringify(report, undefined, 2)}\n`);
console.log(JSON.stringify({ ...report, samples: report.samples.length }, undefined, 2));
console.log(`memory ${mib(report.residentBytesPerHour)} per hour, handles ${report.handlesPerHour.toFixed(1)} per hour`);
const isSound = [report.anomalies, report.faults, Object.keys(report.sendFailures)].every(({ length }) => length === 0);
console.log(isSound ? "no anomaly" : "FAILED");
process.exit(isSound ? 0 : 1);
