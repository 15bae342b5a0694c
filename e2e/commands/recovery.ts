// npm run recovery -- --gigabytes 20: what a start after kill -9 reads, and how long it takes. Needs a quarter more room than it writes.
import { parseArgs } from "node:util";
import { recoverUnderLoad } from "../chaos/recovery.ts";

/** What is stated of 20 GB. */
const readyMsMax = 3_000;
const segmentBytes = 256 * 2 ** 20;

const { values } = parseArgs({ options: { gigabytes: { type: "string", default: "20" } } });
const gigabytes = Number(values.gigabytes);
console.log(`recovery: ${gigabytes} GB, then kill -9 under load`);
const report = await recoverUnderLoad({
  bytes: gigabytes * 1e9,
  segmentBytes,
  onProgress: (writtenBytes) => console.log(`${(writtenBytes / 1e9).toFixed(0)} GB written`),
});
console.log(JSON.stringify(report, undefined, 2));
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
console.log(
  `read ${mib(report.readBytes)} of at most ${mib(report.readBytesMax)}; served after ${report.readyMs.toFixed(0)} of at most ${readyMsMax} ms`,
);
const isSound = report.short.length === 0 && report.readBytes <= report.readBytesMax && report.readyMs <= readyMsMax;
console.log(isSound ? "recovered within its bounds" : "FAILED");
process.exit(isSound ? 0 : 1);
