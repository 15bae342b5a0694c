/** How fast records are compressed and decompressed: `node packages/records/bench/compression.ts`. */
import { BatchView, compressBatch, type Compression, decompressRecords, encodeBatch } from "../src/index.ts";
import { bestNs } from "../../../test/support/measure.ts";

const records = Array.from({ length: 4000 }, (_, id) => ({
  key: Buffer.from(`user-${(id * 7919) % 1000}`),
  value: Buffer.from(
    JSON.stringify({
      id,
      user: `user-${(id * 7919) % 1000}`,
      amount: ((id * 31_337) % 10_000) / 100,
      currency: "EUR",
      status: id % 3 ? "open" : "closed",
    }),
  ),
  timestamp: 1_700_000_000_000 + id,
}));
const batch = encodeBatch(records);
console.log(`${records.length} JSON records, ${batch.length} bytes`);
for (const codec of ["gzip", "snappy", "lz4", "zstd"] satisfies Compression[]) {
  const compressed = compressBatch(batch, codec);
  const view = new BatchView(compressed);
  const megabytesPerS = (ns: number): string => ((batch.length * 1000) / ns).toFixed(0);
  const compress = megabytesPerS(bestNs(() => void compressBatch(batch, codec), 1, 30));
  const decompress = megabytesPerS(bestNs(() => void decompressRecords(view, 1 << 24), 1, 30));
  console.log(`${codec}: ratio ${(batch.length / compressed.length).toFixed(1)}, compress ${compress} MB/s, decompress ${decompress} MB/s`);
}
