/** What the walk over a batch's records costs: `node packages/records/bench/framing.ts`. */
import { BatchView, checkFraming, encodeBatch, readRecords, recordsOf } from "../src/index.ts";
import { bestNs } from "../../../test/support/measure.ts";

for (const [count, valueBytes] of [
  [160, 84],
  [16, 1008],
  [1, 100],
] as const) {
  const records = Array.from({ length: count }, (_, index) => ({
    key: Buffer.alloc(8, index),
    value: Buffer.alloc(valueBytes, index),
    timestamp: 1_700_000_000_000 + index,
  }));
  const view = new BatchView(encodeBatch(records));
  const walk = bestNs(() => void checkFraming(view), 200) / count;
  const read = bestNs(() => [...readRecords(view, recordsOf(view))], 200) / count;
  const crc = bestNs(() => void view.computeCrc(), 200) / count;
  console.log(
    `${count} records of ${valueBytes + 16} bytes: walked ${walk.toFixed(0)} ns, read ${read.toFixed(0)} ns, checksum ${crc.toFixed(0)} ns per record`,
  );
}
