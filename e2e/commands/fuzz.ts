// npm run fuzz -- --inputs 100000 --seed 1: bad input of every kind to a broker; it answers or closes, lives, and does not grow.
import { parseArgs } from "node:util";
import { fuzz } from "../fuzz/fuzz.ts";
import { growthBytesMax, isSound } from "../fuzz/verdict.ts";

const { values } = parseArgs({ options: { inputs: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } } });
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
console.log(`fuzz: ${inputs} inputs, seed ${seed}`);
const report = await fuzz({
  inputs,
  seed,
  warmUpInputs: Math.ceil(inputs / 10),
  onFault: (fault) => console.log(fault),
  onProgress: (sent) => console.log(`${sent} inputs sent`),
});
console.log(JSON.stringify(report, undefined, 2));
const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
console.log(
  `memory: ${mib(report.memoryBefore.residentBytes)} to ${mib(report.memoryAfter.residentBytes)} MiB, at most ${mib(growthBytesMax)} more`,
);
console.log(
  isSound(report)
    ? "every input was answered or its connection closed"
    : `FAILED; again: npm run fuzz -- --inputs ${inputs} --seed ${seed}`,
);
process.exit(isSound(report) ? 0 : 1);
