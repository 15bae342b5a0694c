// npm run power -- --cuts 20 --seed 1: cuts the power of brokers' machines under load, and checks what they kept.
import { parseArgs } from "node:util";
import { printAnomaly } from "../chaos/checker/anomalies.ts";
import { powerCuts } from "../chaos/power/cuts.ts";
import { powerCutsMissing } from "../chaos/power/library.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "20" }, seed: { type: "string", default: "1" }, durability: { type: "string" } },
});
const [cuts, seed] = [Number(values.cuts), Number(values.seed)];
const missing = powerCutsMissing();
if (missing !== undefined) {
  console.log(`left out: ${missing}`);
  process.exit(0);
}
let isSound = true;
for (const durability of ["synced", "replicated"] as const) {
  if (values.durability !== undefined && values.durability !== durability) continue;
  console.log(`${durability}: ${cuts} power cuts, seed ${seed}`);
  const { verdict, complaints } = await powerCuts({ durability, cuts, seed, onCut: (text) => console.log(text) });
  console.log(`${verdict.sent.ok} values acknowledged, ${verdict.polled} records read`);
  for (const text of [...verdict.examples.map(printAnomaly), ...complaints]) console.log(`  ${text}`);
  isSound &&= verdict.counts.size === 0 && complaints.length === 0;
}
console.log(isSound ? "nothing acknowledged was lost" : `FAILED; again: npm run power -- ${process.argv.slice(2).join(" ")}`);
process.exit(isSound ? 0 : 1);
