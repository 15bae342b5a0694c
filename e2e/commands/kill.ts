// npm run kill -- --kills 50 --seed 1: kills a broker under load, again and again, and checks what it kept.
import { parseArgs } from "node:util";
import { killUnderLoad } from "../chaos/kill.ts";

const { values } = parseArgs({ options: { kills: { type: "string", default: "50" }, seed: { type: "string", default: "1" } } });
const [kills, seed] = [Number(values.kills), Number(values.seed)];
console.log(`kill -9, ${kills} times, seed ${seed}`);
const report = await killUnderLoad({
  kills,
  seed,
  onKill: (killed, acknowledged) => console.log(`killed ${killed}, ${acknowledged} records acknowledged`),
});
console.log(JSON.stringify(report, undefined, 2));
const isSound = [report.anomalies, report.offsetFaults, report.logFaults ?? [], Object.keys(report.sendFailures)].every(
  ({ length }) => length === 0,
);
console.log(isSound ? "nothing lost, nothing twice, nothing out of order" : "FAILED");
process.exit(isSound ? 0 : 1);
